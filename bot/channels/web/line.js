// The line to the server: what is said is kept until it is confirmed; what is heard resumes where it stopped.

const KEPT = "thidua.waiting";

function waiting() {
  try { return JSON.parse(localStorage.getItem(KEPT)) || []; } catch { return []; }
}

function keep(list) {
  try { localStorage.setItem(KEPT, JSON.stringify(list)); } catch { /* a private window keeps nothing */ }
}

export async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  const response = await fetch(path, options);
  if (!response.ok) {
    const said = await response.json().catch(() => ({}));
    throw Object.assign(new Error(said.error || String(response.status)), { status: response.status });
  }
  return response.json();
}

// Messages go out one after the other, each repeated under its id until the server has committed it.
export class Line {
  constructor(who, on) {
    this.who = who;
    this.on = on;
    this.queue = waiting().filter((message) => message.as === who);
    this.running = false;
    this.seen = 0;
  }

  start(after = 0) {
    this.seen = after;
    const source = new EventSource(`/events?as=${encodeURIComponent(this.who)}&after=${after}`);
    source.addEventListener("message", (event) => this.on.message(JSON.parse(event.data)));
    source.addEventListener("clock", (event) => this.on.clock(JSON.parse(event.data).now));
    source.onopen = () => this.on.online(true);
    source.onerror = () => this.on.online(false);
    for (const message of this.queue) this.on.pending(message);
    this.run();
  }

  say(message, files = []) {
    const whole = { ...message, as: this.who, id: crypto.randomUUID() };
    if (!files.length) keep([...waiting(), whole]);
    this.queue.push({ ...whole, files });
    this.on.pending({ ...whole, files });
    this.run();
    return whole.id;
  }

  async run() {
    if (this.running) return;
    this.running = true;
    for (let pause = 500; this.queue.length; ) {
      const message = this.queue[0];
      try {
        await this.post({ ...message, seen: this.seen });
      } catch (error) {
        if (!error.status || error.status >= 500) {
          this.on.held(message);
          await new Promise((wake) => setTimeout(wake, pause));
          pause = Math.min(pause * 2, 10000);
          continue;
        }
        this.on.refused(message);
      }
      pause = 500;
      this.queue.shift();
      keep(waiting().filter((each) => each.id !== message.id));
    }
    this.running = false;
  }

  async post({ files, ...fields }) {
    if (!files || !files.length) return ask("/say", fields);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) form.append(name, value);
    for (const file of files) form.append("files", file, file.name);
    const response = await fetch("/say", { method: "POST", body: form });
    if (!response.ok) throw Object.assign(new Error("say"), { status: response.status });
    return response.json();
  }

  show(seq) {
    if (seq <= this.seen) return;
    this.seen = seq;
    clearTimeout(this.telling);
    this.telling = setTimeout(() => ask("/seen", { as: this.who, seq: this.seen }).catch(() => {}), 120);
  }
}
