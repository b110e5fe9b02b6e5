// The page: whose phones are shown, the demo's bar with its clock, and the language.

import { Feed } from "./feed.js";
import { adopt, ask } from "./line.js";
import { Phone, longDay, make } from "./phone.js";

const bar = document.getElementById("bar");
const tabs = document.getElementById("tabs");
const place = document.getElementById("phones");
const login = document.getElementById("login");
let me = null;
let phones = [];
let feed = null;

function speak() {
  document.documentElement.lang = me.language;
  document.title = me.words.title;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = me.words[element.dataset.word];
  document.getElementById("language").setAttribute("aria-label", me.words.language);
  tabs.setAttribute("aria-label", me.words.people);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === me.language));
  }
}

function tell(now) {
  me.now = now;
  const clock = document.getElementById("now");
  clock.dateTime = now;
  clock.textContent = `${now.slice(11, 16)} · ${longDay(now, me.words)}`;
}

function choose(chosen) {
  for (const phone of phones) {
    const mine = phone === chosen;
    phone.element.classList.toggle("shown", mine);
    phone.tab.setAttribute("aria-selected", String(mine));
    if (mine) { phone.unread = 0; badge(phone); if (phone.anchor) phone.newest(); }
  }
  try { sessionStorage.setItem("thidua.shown", chosen.person.id); } catch { /* a private window */ }
}

function badge(phone) {
  const visible = phone.element.classList.contains("shown") || matchMedia("(min-width: 1000px)").matches;
  if (visible) phone.unread = 0;
  const dot = phone.tab.querySelector(".dot");
  dot.textContent = phone.unread || "";
  dot.hidden = !phone.unread;
  dot.setAttribute("aria-label", `${phone.unread} ${me.words.unread}`);
}

async function move(to, button) {
  bar.classList.add("moving");
  bar.setAttribute("aria-busy", "true");
  for (const each of bar.querySelectorAll("button")) each.disabled = true;
  try { tell((await ask("/clock", { to })).now); } catch { button.title = me.words.failed; }
  for (const each of bar.querySelectorAll("button")) each.disabled = false;
  bar.removeAttribute("aria-busy");
  bar.classList.remove("moving");
  button.focus();
}

async function open() {
  me = await ask("/me");
  speak();
  login.hidden = me.people.length > 0;
  if (!login.hidden) login.querySelector("input").focus();
  bar.hidden = !me.movable;
  tell(me.now);
  if (!me.people.length) return;
  document.body.classList.toggle("single", me.people.length === 1);
  tabs.hidden = me.people.length === 1;
  adopt(me.people);
  phones = me.people.map((person) => {
    const phone = new Phone(person, me.words, { unread: badge, now: () => me.now, outside, largest: me.largest });
    phone.tab = make("button", { type: "button", role: "tab", "aria-controls": phone.element.id, onclick: () => choose(phone) },
      make("span", { class: "face", "aria-hidden": "true" }, person.name.split(" ").slice(-1)[0].slice(0, 1)),
      make("span", { class: "tab-name" }, person.name.split(" ").slice(-1)[0], make("small", {}, person.title.split(",")[0])), make("span", { class: "dot", hidden: true }));
    return phone;
  });
  for (const phone of phones) phone.tab.setAttribute("aria-label", `${phone.person.name}, ${phone.person.title}`);
  tabs.replaceChildren(...phones.map((phone) => phone.tab));
  place.replaceChildren(...phones.map((phone) => phone.element));
  let last = null;
  try { last = sessionStorage.getItem("thidua.shown"); } catch { /* a private window */ }
  choose(phones.find((phone) => phone.person.id === last) || phones[0]);
  feed = new Feed(me.people.map((person) => person.id), {
    message: (message) => phones.find((phone) => phone.person.id === message.to)?.receive(message),
    here: () => { for (const phone of phones) phone.here(); },
    clock: tell,
    online: (well) => { for (const phone of phones) phone.online(well); if (!well) outside(); },
  });
  feed.open();
}

// Whether nobody is logged in here any more: then the code is asked for, and what was written waits.
async function outside() {
  try { if ((await ask("/me")).people.length) return false; } catch { return false; }
  feed.close();
  login.hidden = false;
  login.querySelector("input").focus();
  return true;
}

tabs.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const here = phones.findIndex((phone) => phone.tab === document.activeElement);
  const next = phones[(here + step + phones.length) % phones.length];
  choose(next);
  next.tab.focus();
});
document.getElementById("next-day").addEventListener("click", (event) => move("day", event.currentTarget));
document.getElementById("next-event").addEventListener("click", (event) => move("event", event.currentTarget));
document.getElementById("language").addEventListener("click", async (event) => {
  const language = event.target.dataset.language;
  if (!language || language === me.language) return;
  await Promise.all(me.people.map((person) => ask("/language", { as: person.id, language })));
  location.reload();
});
login.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await ask("/login", { code: new FormData(login).get("code") });
    location.reload();
  } catch (error) { login.querySelector(".error").textContent = error.message; }
});

addEventListener("beforeunload", (event) => { if (phones.some((phone) => phone.line.holdsFiles)) event.preventDefault(); });

open();
