import { afterEach, describe, expect, test } from "vitest";
import { deleteDB, openDB } from "idb";
import { deleteLibrary, evaluationDatabase, freeName, libraryDatabase, namedLibraries } from "./libraries.ts";
import { openStore } from "./store.ts";

const made: string[] = [];
afterEach(async () => {
  for (const name of made.splice(0))
    await Promise.all([libraryDatabase, evaluationDatabase].map((of) => deleteDB(of(name))));
});

async function make(name: string): Promise<void> {
  made.push(name);
  (await openStore(libraryDatabase(name))).close();
  (await openDB(evaluationDatabase(name), 1)).close();
}

describe("libraries beside the person's own", () => {
  test("B1 a library is listed by its name once it has a database; its evaluation and the person's own are not", async () => {
    expect(await namedLibraries()).toEqual([]);
    await make("scifact");
    await make("Arguana: α/β");
    expect(await namedLibraries()).toEqual(["Arguana: α/β", "scifact"]);
  });

  test("B2 deleting one takes its evaluation with it and leaves the others", async () => {
    await make("one");
    await make("two");
    await deleteLibrary("one");
    const names = (await indexedDB.databases()).map(({ name }) => name);
    expect(names).toContain("second-look/two");
    expect(names).toContain("second-look/two:evaluation");
    expect(names.filter((name) => name?.includes("one"))).toEqual([]);
  });

  test("B3 a name that is taken gets a number, and never ends as the database beside it does", () => {
    expect(freeName("scifact", [])).toBe("scifact");
    expect(freeName("scifact", ["scifact", "scifact 2"])).toBe("scifact 3");
    expect(freeName("a:evaluation", [])).toBe("a");
    expect(freeName(":evaluation", [])).toBe("corpus");
  });
});
