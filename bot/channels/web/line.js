// What is said: kept until the server has committed it, sent again as long as that may help, else said to be refused.

const KEPT = "thidua.waiting";
const AGAIN = new Set([408, 425, 429]);  // besides every 5xx: not now, but later
const OUTSIDE = new Set([401, 403]);  // nobody is logged in on this device any more

function waiting() {
  try { return JSON.parse(localStorage.getItem(KEPT)) || []; } catch { return []; }
}

function keep(list) {
  try { localStorage.setItem(KEPT, JSON.stringify(list)); } catch { /* a private window keeps nothing */ }
}

// After a new login the chat has another address: what the same person wrote before goes out from there.
export function adopt(people) {
  keep(waiting().map((message) => {
    const same = people.find(({ name }) => name === message.name);
    return !same || people.some(({ id }) => id === message.as) ? message : { ...message, as: same.id };
  }));
}

// crypto.randomUUID is missing where a page comes by plain http from another machine of the house.
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function answered(response) {
  const text = await response.text();
  let said = null;
  try { said = JSON.parse(text); } catch { /* a page of a proxy */ }
  const our = said !== null && typeof said === "object";
  if (response.ok && our) return said;
  // A 200 that is not ours was never committed: it is like a line that broke.
  const status = response.ok ? 0 : response.status;
  throw Object.assign(new Error((our && said.error) || ""), { status, after: Number(response.headers.get("Retry-After")) || 0 });
}

export async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  return answered(await fetch(path, options));
}

// Messages go out one after the other, each repeated under its id until the server has committed it.
export class Line {
  constructor({ id, name }, on) {
    this.who = id;
    this.name = name;
    this.on = on;
    this.queue = waiting().filter((message) => message.as === id);
    this.running = false;
    this.seen = 0;
  }

  start() {
    for (const message of this.queue) this.on.pending(message);
    this.run();
  }

  say(message, files = []) {
    const whole = { ...message, as: this.who, name: this.name, id: newId() };
    if (!files.length) keep([...waiting(), whole]);
    this.queue.push({ ...whole, files });
    this.on.pending({ ...whole, files });
    this.run();
    return whole.id;
  }

  // Whether something that a reload would lose is still on its way.
  get holdsFiles() { return this.queue.some((message) => message.files?.length); }

  async run() {
    if (this.running) return;
    this.running = true;
    for (let pause = 500; this.queue.length; ) {
      const message = this.queue[0];
      try {
        await this.post({ ...message, seen: this.seen });
      } catch (error) {
        const later = !error.status || error.status >= 500 || AGAIN.has(error.status);
        if (OUTSIDE.has(error.status) && await this.on.outside()) {
          this.on.held(message);
          break;  // it stays in the queue, for after the login
        }
        if (later) {
          this.on.held(message);
          await new Promise((wake) => { setTimeout(wake, Math.max(pause, error.after * 1000 || 0)); });
          pause = Math.min(pause * 2, 10000);
          continue;
        }
        this.on.refused(message, error.message);
      }
      pause = 500;
      this.queue.shift();
      keep(waiting().filter((each) => each.id !== message.id));
    }
    this.running = false;
  }

  async post({ files, name, ...fields }) {
    if (!files || !files.length) return ask("/say", fields);
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) if (value !== undefined) form.append(field, value);
    for (const file of files) form.append("files", file, file.name);
    return answered(await fetch("/say", { method: "POST", body: form }));
  }

  show(seq) {
    if (seq <= this.seen) return;
    this.seen = seq;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => ask("/seen", { as: this.who, seq: this.seen }).catch(() => {}), 120);
  }
}
