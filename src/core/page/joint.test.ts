import { expect, test } from "vitest";
import { column, draw } from "./drawing.fixture.ts";
import { toJoints } from "./joint.ts";
import { toLines } from "./line.ts";

const joints = (runs: ReturnType<typeof draw>): string => toJoints(toLines(runs)).join(" ");
const FULL = "A line of the text that fills its column";

test("J1 lines at the usual pitch are a paragraph", () => {
  expect(joints(column(FULL, FULL, "short."))).toBe("break flow flow");
});

test("J2 a wider pitch parts paragraphs", () => {
  expect(joints(draw(`72,700 10 | ${FULL}\n72,688 10 | ${FULL}\n72,670 10 | ${FULL}\n72,658 10 | ${FULL}`))).toBe(
    "break flow break flow",
  );
});

test("J3 another size parts, a superscript's does not", () => {
  expect(joints(draw(`72,700 14 | Heading\n72,686 10 | ${FULL}\n72,674 10 | ${FULL}`))).toBe("break break flow");
});

test("J4 cells on one baseline are a row", () => {
  expect(joints(draw("72,700 10 | a\n200,700 10 | b\n72,688 10 | c\n200,688 10 | d"))).toMatch(/^break row \w+ row$/);
});

test("J5 the next column starts a paragraph, unless the sentence is open and goes on in lower case", () => {
  const left = `72,100 10 | ${FULL}\n72,88 10 | ${FULL}`;
  expect(joints(draw(`${left}\n320,700 10 | The next column`))).toBe("break flow break");
  expect(joints(draw(`${left}\n320,700 10 | goes on here`))).toBe("break flow flow");
  expect(joints(draw(`${left}.\n320,700 10 | goes on here`))).toBe("break flow break");
});

test("J6 an indent after a full stop parts; a hanging line does not", () => {
  expect(joints(draw(`72,700 10 | ${FULL}.\n84,688 10 | ${FULL}\n72,676 10 | ${FULL}`))).toBe("break break flow");
  expect(joints(draw(`72,700 10 | ${FULL}\n84,688 10 | ${FULL}\n84,676 10 | ${FULL}`))).toBe("break flow flow");
});

test("J7 a full stop before the column's edge parts, where the next word would have fitted", () => {
  expect(joints(column(FULL, FULL, "It ends here.", "And now a new line of text of this kind", FULL))).toBe(
    "break flow flow break flow",
  );
});

test("J8 bullets part, numbers only after a full stop", () => {
  expect(joints(column(FULL, "• one", "• two"))).toBe("break break break");
  expect(joints(column(`${FULL}.`, `[12] ${FULL}`))).toBe("break break");
  expect(joints(column(FULL, `[12] ${FULL}`))).toBe("break flow");
});

test("J9 a short line in another font is a heading", () => {
  expect(joints(draw(`72,700 10 bold | Heading\n72,688 10 | ${FULL}\n72,676 10 | ${FULL}`))).toBe("break break flow");
});

test("J10 a column that was filled goes on in the next, whatever letter follows, if nothing there opens a paragraph", () => {
  const left = `72,124 10 | ${FULL}\n72,112 10 | ${FULL}\n72,100 10 | ${FULL}`;
  const right = (first: string): string => `${first}\n320,688 10 | ${FULL}\n320,676 10 | ${FULL}`;
  expect(joints(draw(`${left}\n${right(`320,700 10 | ${FULL}`)}`))).toBe("break flow flow flow flow flow");
  expect(joints(draw(`${left}\n${right(`332,700 10 | ${FULL}`)}`))).toBe("break flow flow break flow flow");
  expect(joints(draw(`${left}.\n${right(`320,700 10 | ${FULL}`)}`))).toBe("break flow flow break flow flow");
  expect(joints(draw(`${left}\n${right(`320,700 10 bold | ${FULL}`)}`))).toBe("break flow flow break flow flow");
});

test("J11 the number that comes next opens a paragraph, sentence ended or not", () => {
  expect(joints(column(`3 ${FULL}`, `4 ${FULL}`))).toBe("break break");
  expect(joints(column(`4 Results ${FULL}`, `4.1 Set-up ${FULL}`))).toBe("break break");
  expect(joints(column(`3 ${FULL}`, `7 ${FULL}`))).toBe("break flow");
});

test("J12 a full stop before a small letter ends no sentence", () => {
  expect(
    joints(column(FULL, FULL, "and your income that is from the U.S.", "tax treaties, and so on, and so on", FULL)),
  ).toBe("break flow flow flow flow");
});
