import { expect, test } from "vitest";
import { applyUpdate, registerServiceWorker, reloadForIsolation } from "./register.ts";
import type { PageSurroundings } from "./register.ts";

class FakeWorker extends EventTarget {
  messages: unknown[] = [];
  state: ServiceWorkerState;
  constructor(state: ServiceWorkerState) {
    super();
    this.state = state;
  }
  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
  postMessage(message: unknown): void {
    this.messages.push(message);
  }
}

class FakeRegistration extends EventTarget {
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  active: FakeWorker | null = null;
}

class FakeContainer extends EventTarget {
  controller: FakeWorker | null = null;
  registration = new FakeRegistration();
  failure: Error | null = null;
  async register(): Promise<FakeRegistration> {
    if (this.failure !== null) throw this.failure;
    return this.registration;
  }
  async getRegistration(): Promise<FakeRegistration> {
    return this.registration;
  }
  takeOver(worker: FakeWorker): void {
    this.controller = worker;
    this.dispatchEvent(new Event("controllerchange"));
  }
}

function setting(options: { isolated?: boolean } = {}) {
  const container = new FakeContainer();
  const stored = new Map<string, string>();
  const heard: string[] = [];
  const page: PageSurroundings = {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the fake has the parts that are used
    container: container as unknown as ServiceWorkerContainer,
    development: false,
    isolated: options.isolated ?? false,
    session: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    reload: () => heard.push("reload"),
  };
  const callbacks = {
    onUpdateReady: () => heard.push("update ready"),
    onOfflineReady: () => heard.push("offline ready"),
    onIsolationAvailable: () => heard.push("isolation available"),
    onUpdateApplied: () => heard.push("update applied"),
    onUnavailable: (reason: string) => heard.push(`unavailable: ${reason}`),
  };
  return { container, registration: container.registration, page, heard, callbacks };
}

test("SW1 the first visit: stored, then isolation on offer, and no word of an update", async () => {
  const { container, registration, page, heard, callbacks } = setting();
  const worker = (registration.installing = new FakeWorker("installing"));
  await registerServiceWorker(callbacks, page);
  worker.become("installed");
  expect(heard).toEqual([]);
  registration.active = worker;
  worker.become("activated");
  container.takeOver(worker);
  expect(heard).toEqual(["offline ready", "isolation available"]);
});

test("SW2 an isolated page hears nothing of isolation", async () => {
  const { registration, page, heard, callbacks } = setting({ isolated: true });
  registration.active = new FakeWorker("activated");
  await registerServiceWorker(callbacks, page);
  expect(heard).toEqual(["offline ready"]);
});

test("SW3 an update is reported once, waits, and reloads only after applyUpdate", async () => {
  const { container, registration, page, heard, callbacks } = setting({ isolated: true });
  container.controller = registration.active = new FakeWorker("activated");
  await registerServiceWorker(callbacks, page);
  const next = (registration.installing = new FakeWorker("installing"));
  registration.dispatchEvent(new Event("updatefound"));
  registration.waiting = next;
  next.become("installed");
  next.become("installed");
  expect(heard).toEqual(["offline ready", "update ready"]);
  expect(next.messages).toEqual([]);
  await applyUpdate(page);
  expect(next.messages).toEqual(["skip-waiting"]);
  expect(heard).not.toContain("reload");
  container.takeOver(next);
  expect(heard).toEqual(["offline ready", "update ready", "update applied", "reload"]);
});

test("SW4 an update that waits since the last visit is reported", async () => {
  const { registration, page, heard, callbacks } = setting({ isolated: true });
  registration.active = new FakeWorker("activated");
  registration.waiting = new FakeWorker("installed");
  await registerServiceWorker(callbacks, page);
  expect(heard).toEqual(["offline ready", "update ready"]);
});

test("SW5 another tab's update does not reload this one", async () => {
  const { container, registration, page, heard, callbacks } = setting({ isolated: true });
  container.controller = registration.active = new FakeWorker("activated");
  await registerServiceWorker(callbacks, page);
  container.takeOver(new FakeWorker("activated"));
  expect(heard).toEqual(["offline ready", "update applied"]);
});

test("SW6 a first install that fails is said; a failed update is not, the old build works on", async () => {
  const first = setting();
  const worker = (first.registration.installing = new FakeWorker("installing"));
  await registerServiceWorker(first.callbacks, first.page);
  worker.become("redundant");
  expect(first.heard).toEqual(["unavailable: the site could not be stored completely"]);

  const second = setting({ isolated: true });
  second.registration.active = new FakeWorker("activated");
  await registerServiceWorker(second.callbacks, second.page);
  const update = (second.registration.installing = new FakeWorker("installing"));
  second.registration.dispatchEvent(new Event("updatefound"));
  update.become("redundant");
  expect(second.heard).toEqual(["offline ready"]);
});

test("SW7 a refused registration and a browser without service workers are said, not thrown", async () => {
  const refused = setting();
  refused.container.failure = new Error("SecurityError");
  await registerServiceWorker(refused.callbacks, refused.page);
  expect(refused.heard).toEqual(["unavailable: Error: SecurityError"]);

  const none = setting();
  await registerServiceWorker(none.callbacks, { ...none.page, container: undefined });
  expect(none.heard).toEqual(["unavailable: this browser offers no service worker here"]);
});

test("SW8 in development nothing is registered", async () => {
  const { registration, page, heard, callbacks } = setting();
  registration.active = new FakeWorker("activated");
  await registerServiceWorker(callbacks, { ...page, development: true });
  expect(heard).toEqual([]);
});

test("SW9 the reload for isolation happens once; again only after it helped", async () => {
  const { page, heard, callbacks } = setting();
  expect(reloadForIsolation(page)).toBe(true);
  expect(reloadForIsolation(page)).toBe(false);
  expect(reloadForIsolation({ ...page, session: undefined })).toBe(false);
  expect(heard).toEqual(["reload"]);
  await registerServiceWorker(callbacks, { ...page, isolated: true });
  expect(reloadForIsolation({ ...page, isolated: true })).toBe(false);
  expect(reloadForIsolation(page)).toBe(true);
});
