/**
 * Checks public/samples: every answer stands verbatim on its page, once in the whole library and inside one sentence;
 * index.json tells the truth. `--write-pages` first fills in the page of every question.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";

const folder = new URL("../public/samples/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

try {
  execFileSync("pdftotext", ["-v"], { stdio: "ignore" });
} catch {
  console.log("samples: skipped, pdftotext (poppler-utils) is not installed");
  process.exit(0);
}

// White space carries no meaning between Chinese characters: a line end there is not a space.
const cjk = "[\\u3000-\\u30ff\\u3400-\\u9fff\\uff00-\\uffef]";
const collapse = (text) =>
  text
    .replace(/\s+/g, " ")
    .replace(new RegExp(`(?<=${cjk}) (?=${cjk})`, "g"), "")
    .trim();

const index = read("index.json");
const lines = new Map();
const library = new Map(
  index.map(({ file }) => {
    const raw = execFileSync("pdftotext", ["-enc", "UTF-8", new URL(file, folder).pathname, "-"], { encoding: "utf8" });
    lines.set(file, raw.split("\n"));
    return [file, raw.split("\f").slice(0, -1).map(collapse)];
  }),
);

const questions = read("questions.json");
const faults = [];
const check = (holds, message) => holds || faults.push(message);
const count = (text, part) => text.split(part).length - 1;

for (const question of questions) {
  const { id, document, answer } = question;
  const places = [...library].flatMap(([file, pages]) =>
    pages.flatMap((text, i) => Array.from({ length: count(text, answer) }, () => ({ file, page: i + 1 }))),
  );
  const [place] = places;
  if (process.argv.includes("--write-pages") && place) question.page = place.page;
  check(places.length === 1, `${id}: "${answer}" occurs ${places.length} times`);
  check(place?.file === document && place?.page === question.page, `${id}: found at ${JSON.stringify(place)}`);
  // A reader of the PDF may or may not put a space where a Chinese line ends.
  check(
    question.language !== "zh" || lines.get(document)?.some((line) => line.includes(answer)),
    `${id}: the answer crosses a line end`,
  );
  check(!/[.?!。？！]\s/.test(answer), `${id}: the answer crosses a sentence end`);
  check(!/\.pdf|page \d/i.test(question.question), `${id}: the question gives its place away`);
}
check(questions.length === 20, `${questions.length} questions, not 20`);
check(new Set(questions.map(({ id }) => id)).size === questions.length, "question ids repeat");

for (const { file, pages, bytes, language } of index) {
  const text = library.get(file);
  check(text.length === pages, `${file}: ${text.length} pages, index says ${pages}`);
  check(statSync(new URL(file, folder)).size === bytes, `${file}: size differs from the index`);
  check(
    text.every((page) => page.length > 60),
    `${file}: a page without text`,
  );
  check(
    !/[\u00ad\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\ufffd]/.test(text.join("")),
    `${file}: odd characters in the text`,
  );
  check(["en", "zh"].includes(language), `${file}: language ${language}`);
}
const pages = index.reduce((sum, entry) => sum + entry.pages, 0);
const bytes = index.reduce((sum, entry) => sum + entry.bytes, 0);
check(pages >= 40 && pages <= 55, `${pages} pages, not 40 to 55`);
check(bytes < 2.5e6, `${bytes} bytes, more than 2.5 MB`);

if (process.argv.includes("--write-pages")) {
  const rows = questions.map(
    (question) =>
      `  ${JSON.stringify(question)
        .replace(/("\w+"):/g, " $1: ")
        .replace(/,  /g, ", ")
        .replace(/\}$/, " }")}`,
  );
  writeFileSync(new URL("questions.json", folder), `[\n${rows.join(",\n")}\n]\n`);
}
for (const fault of faults) console.error(fault);
console.log(
  `samples: ${questions.length} questions, ${index.length} documents, ${pages} pages, ${bytes} bytes, ${faults.length} faults`,
);
process.exitCode = faults.length > 0 ? 1 : 0;
