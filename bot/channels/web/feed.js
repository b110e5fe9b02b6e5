// What is heard: one stream for all phones of the page, opened anew after whatever ended it.

const SILENCE = 45000;  // the server gives a sign of life every 15 s; whatever stands between may swallow it
const OPENING = 20000;
const SHORTEST = 500;
const LONGEST = 10000;

export class Feed {
  constructor(chats, on) {
    this.after = new Map(chats.map((chat) => [chat, 0]));
    this.on = on;
    this.pause = SHORTEST;
    addEventListener("online", () => this.open());
    addEventListener("pageshow", (event) => { if (event.persisted) this.open(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden && !this.source) this.open(); });
  }

  open() {
    this.close();
    const source = new EventSource(`/events?${new URLSearchParams([...this.after])}`);
    this.source = source;
    this.expect(OPENING);
    source.onopen = () => { this.pause = SHORTEST; this.expect(SILENCE); this.on.online(true); };
    // Any end is ours to mend: a browser does not try again after a 502, a 204 or a page of a proxy.
    source.onerror = () => this.lost();
    this.hears("message", (message) => {
      if (message.seq <= this.after.get(message.to)) return;
      this.after.set(message.to, message.seq);
      this.on.message(message);
    });
    this.hears("here", () => this.on.here());
    this.hears("clock", (said) => this.on.clock(said.now));
    this.hears("beat", () => {});
  }

  hears(kind, does) {
    this.source.addEventListener(kind, (event) => { this.expect(SILENCE); does(JSON.parse(event.data)); });
  }

  expect(milliseconds) {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.lost(), milliseconds);
  }

  close() {
    clearTimeout(this.watch);
    clearTimeout(this.next);
    this.source?.close();
    this.source = null;
  }

  lost() {
    this.close();
    this.on.online(false);
    this.next = setTimeout(() => this.open(), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST);
  }
}
