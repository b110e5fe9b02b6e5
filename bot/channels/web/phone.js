// One phone: a chat with its bubbles, choices, buttons and the place to write.

import { Line } from "./line.js";


export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

const ICONS = {
  send: "M3 20.5 21.5 12 3 3.5v6.6L15 12 3 13.9z",
  attach: "M16.5 6v11.2a4.5 4.5 0 0 1-9 0V5.5a3 3 0 0 1 6 0v10.2a1.5 1.5 0 0 1-3 0V6H9v9.7a3 3 0 0 0 6 0V5.5a4.5 4.5 0 0 0-9 0v11.7a6 6 0 0 0 12 0V6z",
  menu: "M4 6.5h16v2H4zm0 4.5h16v2H4zm0 4.5h16v2H4z",
  edit: "M4 17.2V20h2.8L17.6 9.2l-2.8-2.8zM19.7 7.1a1 1 0 0 0 0-1.4l-1.4-1.4a1 1 0 0 0-1.4 0l-1.2 1.2 2.8 2.8z",
  file: "M6 2.5h8L19.5 8v13.5H6zm7.5 1.8V8.5h4.2z",
};

function icon(name) {
  const NS = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(NS, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export class Phone {
  constructor(person, words, on) {
    this.person = person;
    this.words = words;
    this.on = on;
    this.day = "";
    this.own = new Map();
    this.said = new Map();
    this.files = [];
    this.editing = null;
    this.unread = 0;
    this.opening = true;  // what stood in the chat is still coming
    this.anchor = "end";  // what stays in sight while sizes change: the end, a bubble's top, or wherever the reader is
    this.build();
    this.toEnd();
    this.line = new Line(person, {
      pending: (message) => this.pending(message),
      held: (message) => this.state(message, "held", words.waiting),
      refused: (message, why) => this.refused(message, why),
      outside: on.outside,
    });
    this.line.start();
  }

  build() {
    const { person, words } = this;
    this.log = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": `${words.chat_with} ${person.name}`, tabindex: "0" });
    this.typing = make("p", { class: "typing", hidden: true, "aria-label": words.typing }, make("i"), make("i"), make("i"));
    this.choices = make("div", { class: "choices" });
    this.steering = make("div", { class: "steering" });
    this.below = make("button", { type: "button", class: "below", hidden: true, onclick: () => this.toEnd() }, words.new);
    this.chips = make("div", { class: "chips" });
    this.note = make("p", { class: "note", role: "status", hidden: true });
    this.text = make("textarea", { rows: "1", "aria-label": words.write, placeholder: words.write, enterkeyhint: "send", autocomplete: "off" });
    this.picker = make("input", { type: "file", multiple: true, hidden: true, tabindex: "-1", onchange: () => this.pick() });
    const composer = make("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      this.picker,
      make("button", { type: "button", class: "round", "aria-label": words.menu, title: words.menu, onclick: () => this.tap("/menu", words.menu) }, icon("menu")),
      this.text,
      make("button", { type: "button", class: "round", "aria-label": words.attach, title: words.attach, onclick: () => this.picker.click() }, icon("attach")),
      make("button", { class: "round strong", "aria-label": words.send, title: words.send }, icon("send")));
    this.text.addEventListener("input", () => this.grow());
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.submit(); }
      if (event.key === "Escape" && this.editing) this.stopEditing();
    });
    // Fonts and pictures come late, choices take their place: what was in sight stays there.
    this.sizes = new ResizeObserver(() => this.settle());
    this.sizes.observe(this.log);
    this.log.addEventListener("scroll", () => {
      if (this.atBottom()) this.below.hidden = true;
      else if (Math.abs(this.log.scrollTop - this.placed) > 2) this.hold(null);  // the reader has moved
    });
    const initials = person.name.split(" ").slice(-1)[0].slice(0, 1);
    this.element = make("section", { class: "phone", id: `phone-${person.id}`, "aria-label": person.name },
      make("header", { class: "who" },
        make("span", { class: "face", "aria-hidden": "true" }, initials),
        make("div", {}, make("h2", {}, person.name), make("p", { class: "quiet" }, person.title))),
      make("div", { class: "middle" }, this.log, this.below),
      make("footer", {}, this.choices, this.steering, this.note, this.chips, composer));
    this.welcome = make("div", { class: "welcome" }, make("p", {}, words.welcome),
      ...words.begin.split("|").map((label) => make("button", { type: "button", class: "choice", onclick: () => this.tap(label, label) }, label)));
    this.log.append(this.welcome, this.typing);
  }

  // What comes -------------------------------------------------------------------------------

  receive(message) {
    if (message.edits) { this.change(message); return; }
    this.welcome.remove();
    const held = this.own.get(message.message);
    if (message.from === "me" && held) {
      this.state(message, "", "");
      this.stamp(held, message.at);
      this.line.show(message.seq);
      return;
    }
    const stay = this.anchor !== "end" && !this.atBottom();
    this.dayOf(message.at);
    const bubble = message.from === "me" ? this.mine(message) : this.theirs(message);
    this.log.insertBefore(bubble, this.typing);
    this.sizes.observe(bubble);
    if (message.from === "bot") {
      this.typing.hidden = true;
      if (!message.unasked) this.offer(message);
      if (message.new) this.unread += 1;
      this.on.unread(this);
    }
    this.line.show(message.seq);
    if (this.opening) return;
    if (stay) this.below.hidden = false; else this.show(bubble);
  }

  // All that stood in the chat has come: it opens at the newest message.
  here() {
    if (!this.opening) return;
    this.opening = false;
    this.newest();
  }

  newest() {
    const bubbles = this.log.querySelectorAll(".bubble");
    if (bubbles.length) this.show(bubbles[bubbles.length - 1]); else this.toEnd();
  }

  // A message takes the place of an earlier one: nothing moves, nothing is new to be read.
  change(message) {
    const bubble = this.said.get(message.edits);
    if (bubble) {
      bubble.querySelector(".text").replaceWith(this.textOf(message));
      bubble.querySelector(".buttons")?.remove();
      bubble.querySelector("time").before(...this.buttons(message));
    }
    this.line.show(message.seq);
  }

  theirs(message) {
    const bubble = make("article", { class: "bubble theirs" }, this.textOf(message));
    for (const file of message.files || []) bubble.append(this.file(file));
    bubble.append(...this.buttons(message));
    this.stamp(bubble, message.at);
    this.said.set(message.message, bubble);
    return bubble;
  }

  textOf(message) {
    const [first, ...rest] = message.text.split("\n");
    const body = make("div", { class: "text" });
    if (rest.length) body.append(make("strong", {}, first), "\n" + rest.join("\n"));
    else body.append(first);
    return body;
  }

  buttons(message) {
    const shown = (message.buttons || []).map((button) =>
      make("button", { type: "button", onclick: (event) => this.tap(button.says, button.label, event.currentTarget) }, button.label));
    return shown.length ? [make("div", { class: "buttons" }, ...shown)] : [];
  }

  mine(message) {
    const bubble = make("article", { class: "bubble mine" }, make("div", { class: "text" }, message.text));
    for (const file of message.files || []) bubble.append(this.file(file));
    if (message.text && !message.label) {
      bubble.append(make("button", { type: "button", class: "pencil", "aria-label": this.words.edit, title: this.words.edit,
        onclick: () => this.startEditing(message.message || message.id, bubble) }, icon("edit")));
    }
    this.own.set(message.message || message.id, bubble);
    if (message.at) this.stamp(bubble, message.at);
    return bubble;
  }

  file(file) {
    const url = file.url || (file instanceof File ? URL.createObjectURL(file) : "#");
    const picture = file.kind === "picture" || (file.type || "").startsWith("image/");
    if (picture) {
      const image = make("img", { src: url, alt: `${this.words.picture}: ${file.name}`, loading: "lazy" });
      return make("a", { class: "picture", href: url, target: "_blank", rel: "noopener" }, image);
    }
    return make("a", { class: "file", href: url, download: file.name }, icon("file"),
      make("span", {}, file.name, make("small", {}, size(file.size))));
  }

  offer(message) {
    const choices = (message.choices || []).map((label) => this.choice(label, ""));
    const steering = (message.steering || []).map((label) => this.choice(label, label === message.main ? "steer main" : "steer"));
    this.choices.replaceChildren(...choices);
    this.steering.replaceChildren(...steering);
    this.choices.classList.toggle("tall", choices.some((button) => button.textContent.length > 26));
  }

  choice(label, kind) {
    return make("button", { type: "button", class: `choice ${kind}`, onclick: () => this.tap(label, label) }, label);
  }

  dayOf(at) {
    const day = at.slice(0, 10);
    if (day === this.day) return;
    this.day = day;
    this.log.insertBefore(make("p", { class: "day" }, longDay(at, this.words)), this.typing);
  }

  stamp(bubble, at) {
    bubble.querySelector("time")?.remove();
    bubble.append(make("time", { datetime: at }, at.slice(11, 16)));
  }

  // What goes --------------------------------------------------------------------------------

  tap(says, label, button) {
    if (button) { button.disabled = true; setTimeout(() => { button.disabled = false; }, 900); }
    this.choices.replaceChildren();
    this.steering.replaceChildren();
    this.line.say({ text: says, label });
  }

  submit() {
    const text = this.text.value.trim();
    if (!text && !this.files.length) return;
    if (this.editing) {
      const { id, bubble } = this.editing;
      this.line.say({ text, edits: id });
      bubble.querySelector(".text").textContent = text;
      bubble.classList.add("changed");
      bubble.dataset.changed = this.words.edited;
      this.stopEditing();
    } else {
      this.line.say({ text }, this.files);
    }
    this.text.value = "";
    this.files = [];
    this.showChips();
    this.grow();
  }

  pending(message) {
    this.welcome.remove();
    this.typing.hidden = false;
    if (!message.edits) {
      this.dayOf(this.on.now());
      const bubble = this.mine({ ...message, text: message.label || message.text });
      this.log.insertBefore(bubble, this.typing);
    }
    this.state(message, "pending", this.words.sending);
    this.toEnd();
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => { this.typing.hidden = true; }, 20000);
  }

  // How a message of mine stands: on its way, held up, refused; nothing once the server has it.
  state(message, state, said) {
    const bubble = this.own.get(message.edits || message.message || message.id);
    if (!bubble) return;
    bubble.classList.remove("pending", "held", "refused");
    bubble.querySelector(".state")?.remove();
    if (!state) return;
    bubble.classList.add(state);
    bubble.append(make("p", { class: "state", role: state === "pending" ? undefined : "status" }, said));
  }

  // The server does not take it: its reason stands under the words, which are not lost.
  refused(message, why) {
    this.typing.hidden = true;
    this.state(message, "refused", why || this.words.refused);
    const { as, name, id, files, ...said } = message;
    this.own.get(message.edits || id)?.querySelector(".state").append(" ",
      make("button", { type: "button", onclick: (event) => this.again(event.currentTarget, said, files) }, this.words.again));
  }

  again(button, said, files) {
    if (!said.edits) button.closest(".bubble").remove();
    this.line.say(said, files);
  }

  pick() {
    for (const file of this.picker.files) {
      if (file.size > this.on.largest) this.say(this.words.too_large); else this.files.push(file);
    }
    this.picker.value = "";
    this.showChips();
    this.text.focus();
  }

  showChips() {
    this.chips.replaceChildren(...this.files.map((file, n) => make("span", { class: "chip" }, file.name,
      make("button", { type: "button", "aria-label": `${this.words.remove} ${file.name}`, onclick: () => { this.files.splice(n, 1); this.showChips(); } }, "×"))));
  }

  startEditing(id, bubble) {
    this.editing = { id, bubble };
    this.text.value = bubble.querySelector(".text").textContent;
    this.say(this.words.editing, make("button", { type: "button", onclick: () => this.stopEditing() }, this.words.stop_editing));
    this.grow();
    this.text.focus();
  }

  stopEditing() {
    this.editing = null;
    this.text.value = "";
    this.note.hidden = true;
    this.grow();
  }

  // How it stands ----------------------------------------------------------------------------

  say(text, ...more) {
    this.note.replaceChildren(text, " ", ...more);
    this.note.hidden = false;
  }

  online(well) {
    if (well && this.lost) { this.note.hidden = true; this.lost = false; }
    if (!well) { this.lost = true; this.say(this.words.offline); }
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 160)}px`;
  }

  atBottom() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80; }

  toEnd() { this.hold("end"); }

  // A message longer than the phone is read from its top.
  show(bubble) { this.hold(bubble.offsetHeight > this.log.clientHeight ? bubble : "end"); }

  hold(anchor) {
    this.anchor = anchor;
    this.log.style.overflowAnchor = anchor ? "none" : "auto";
    this.settle();
    if (anchor) this.below.hidden = true;
  }

  settle() {
    if (this.anchor === "end") this.log.scrollTop = this.log.scrollHeight;
    else if (this.anchor) this.log.scrollTop = this.anchor.offsetTop - 12;
    this.placed = this.log.scrollTop;
  }
}

function size(bytes) {
  if (!bytes) return "";
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
}

// «thứ Năm, 04/11/2027»: the office's own date, whatever zone this device is in.
export function longDay(at, words) {
  const [year, month, day] = at.slice(0, 10).split("-");
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  return `${words.weekdays.split("|")[weekday]}, ${day}/${month}/${year}`;
}
