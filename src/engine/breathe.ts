/** Milliseconds of work between two breaths: one frame. */
const FRAME = 16;

/**
 * Lets clicks and drawing in between two pieces of long work on the page. A message and no timer: timers of a tab in the
 * background fire once a second, later once a minute.
 */
export class Breath {
  #last = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.#last < FRAME) return;
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => {
        port1.close();
        resolve();
      });
      port1.start();
      port2.postMessage(null);
    });
    this.#last = performance.now();
  }
}
