import { deleteDB } from "idb";
import { storageError } from "./errors.ts";

/** The library everybody has. Older than the others, so its database carries no name. */
const OWN = "second-look";
const NAMED = `${OWN}/`;
const EVALUATION = ":evaluation";

/** The database of a library; null = the person's own. */
export function libraryDatabase(name: string | null): string {
  return name === null ? OWN : NAMED + name;
}

/** Beside each library: its question sets, scores and runs. */
export function evaluationDatabase(name: string | null): string {
  return libraryDatabase(name) + EVALUATION;
}

/** Names of the libraries beside the person's own, in alphabetical order. The databases are the list: it cannot go stale. */
export async function namedLibraries(): Promise<string[]> {
  const databases = await indexedDB.databases().catch(() => []);
  return databases
    .flatMap(({ name }) =>
      name !== undefined && name.startsWith(NAMED) && !name.endsWith(EVALUATION) ? [name.slice(NAMED.length)] : [],
    )
    .toSorted((a, b) => a.localeCompare(b, "en"));
}

/** `wanted`, with a number behind it where that is taken. */
export function freeName(wanted: string, taken: readonly string[]): string {
  // The suffix of the database beside it must not be part of a name.
  const base = wanted.replaceAll(EVALUATION, " ").trim() || "corpus";
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!taken.includes(name)) return name;
  }
}

/** Deletes a named library and what was evaluated on it; other tabs that show it lose it. @throws STORE_BROKEN, STORE_BLOCKED */
export async function deleteLibrary(name: string): Promise<void> {
  try {
    await deleteDB(libraryDatabase(name));
    await deleteDB(evaluationDatabase(name));
  } catch (error) {
    throw storageError(error);
  }
}
