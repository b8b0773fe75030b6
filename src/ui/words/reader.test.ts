import { expect, test } from "vitest";
import { plainPage } from "#core/page/plain-page.ts";
import { matchCount, pageMeant, pageName } from "./reader.ts";

const pages = ["iii", "iv", "1", "2"].map((label, index) => plainPage(index, "", { label }));
const unlabelled = [0, 1, 2].map((index) => plainPage(index, ""));

test("a page is named by its label, and by its number where that differs", () => {
  expect(pageName(pages[0]!, 311)).toBe("Page iii (1 of 311)");
  expect(pageName(unlabelled[2]!, 1234)).toBe("Page 3 of 1,234");
});

test("what is typed means a label first, then a number", () => {
  expect(pageMeant(pages, " IV ")?.index).toBe(1);
  expect(pageMeant(pages, "1")?.index).toBe(2);
  expect(pageMeant(pages, "4")?.index).toBe(3);
  expect(pageMeant(unlabelled, "2")?.index).toBe(1);
  for (const wrong of ["", "0", "9", "x", "-1", "1.5"]) expect(pageMeant(unlabelled, wrong)).toBeNull();
});

test("matches are counted, also when there are too many", () => {
  expect(matchCount(2, 17, false)).toBe("3 of 17");
  expect(matchCount(null, 0, false)).toBe("No matches");
  expect(matchCount(0, 10_000, true)).toBe("1 of more than 10,000");
});
