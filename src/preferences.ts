const PREFIX = "second-look:";

/** A small setting kept in this browser; null where there is none or the browser keeps nothing. */
export function readPreference(name: string): unknown {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

/** null takes it away. Best effort: without storage the setting lives as long as the page. */
export function writePreference(name: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Private windows and full disks.
  }
}
