import type { ErrorCode, ErrorData, ErrorFacts } from "#core/base/errors.ts";
import { ENDPOINT_WORDS } from "./endpoint-errors.ts";
import { bytes, count, plural } from "./numbers.ts";

/** What happened, what is safe, what to do: one sentence each. `safe` is empty where nothing was at risk. */
export interface ErrorWords {
  readonly title: string;
  readonly safe: string;
  readonly next: string;
}

function words(title: string, safe: string, next: string): ErrorWords {
  return { title, safe, next };
}

function numberOf(facts: ErrorFacts, key: string): number | null {
  const value = facts[key];
  return typeof value === "number" ? value : null;
}

function textOf(facts: ErrorFacts, key: string): string | null {
  const value = facts[key];
  return typeof value === "string" && value !== "" ? value : null;
}

const OTHERS = "The other documents are not affected.";
const LIBRARY = "Your library is safe.";

function tooLarge(facts: ErrorFacts): ErrorWords {
  const size = numberOf(facts, "bytes");
  const limit = numberOf(facts, "limit");
  const what =
    size === null
      ? "This file is too large for a browser tab."
      : `This file has ${bytes(size)}; a browser tab cannot hold that.`;
  const most = limit === null ? "Split it into smaller PDFs." : `Split it into PDFs of at most ${bytes(limit)} each.`;
  return words(what, OTHERS, most);
}

function noText(facts: ErrorFacts): ErrorWords {
  const pages = numberOf(facts, "pages");
  const where = pages === null ? "No page" : pages === 1 ? "The only page" : `None of the ${plural(pages, "page")}`;
  if (facts["byOcr"] === true) {
    return words(
      pages === 1 ? "OCR could read no words on the only page." : "OCR could read no words on any page.",
      OTHERS,
      "Pages must stand upright, in a language that was chosen; handwriting is not read.",
    );
  }
  const verb = pages === 1 ? "holds no text" : "holds text";
  const isScan = numberOf(facts, "scanned") !== 0;
  return words(
    `${where} ${verb}${isScan ? ": this looks like a scan" : ""}.`,
    OTHERS,
    isScan ? "Have it read by OCR." : "Check that it is the right file.",
  );
}

function storeBlocked(facts: ErrorFacts): ErrorWords {
  const old = textOf(facts, "reason") === "old-tab";
  return words(
    old ? "Another tab keeps an older version of the app open." : "Another tab is holding the library.",
    LIBRARY,
    "Close the other tabs of this page, then reload this one.",
  );
}

function wrongNumbers(facts: ErrorFacts): ErrorWords {
  const model = textOf(facts, "model") ?? "The model";
  return words(
    `${model} gave wrong numbers in its self-test, so it is not used.`,
    LIBRARY,
    "Reload the page. If it happens again, try another browser.",
  );
}

function noRoom(facts: ErrorFacts): string {
  const [needed, free] = [numberOf(facts, "needed"), numberOf(facts, "free")];
  if (needed === null || free === null) return "The browser has no more room for this site.";
  return `This needs ${bytes(needed)}, and the browser has ${bytes(free)} left for this site.`;
}

function tooLong(facts: ErrorFacts): ErrorWords {
  const length = numberOf(facts, "length");
  const limit = numberOf(facts, "limit");
  const what = length === null ? "The question is too long." : `The question has ${count(length)} characters.`;
  const most =
    limit === null ? "Shorten it to one or two sentences." : `Shorten it to ${count(limit)} characters or fewer.`;
  return words(what, "", most);
}

function noLanguage(facts: ErrorFacts): ErrorWords {
  const codes = textOf(facts, "languages");
  const example = codes?.split("+")[0] ?? "eng";
  return words(
    codes === null ? "OCR has no language data yet." : `OCR has no language data for ${codes.replaceAll("+", ", ")}.`,
    LIBRARY,
    `Choose a file ${example}.traineddata from your disk. Whoever runs this site can put it into public/tessdata with “npm run ocr:add ${example}”.`,
  );
}

const KEPT = "Nothing was imported.";

function setTooLarge(facts: ErrorFacts): ErrorWords {
  const what = textOf(facts, "what") ?? "bytes";
  const file = textOf(facts, "file") ?? "This file";
  const limit = numberOf(facts, "limit") ?? 0;
  const found = numberOf(facts, "bytes");
  if (what === "bytes")
    return words(
      found === null
        ? `${file} is too large.`
        : `${file} has ${bytes(found)}; at most ${bytes(limit)} can be used here.`,
      KEPT,
      "Make a smaller set: take fewer documents, and the judgements that belong to them.",
    );
  return words(
    `${file} has more than ${count(limit)} ${what}.`,
    KEPT,
    "Make a smaller set: running one of this size in a browser would take days.",
  );
}

const MISSING: Readonly<Record<string, string>> = {
  questions: "Judgements without questions: the file that has the text of the questions is missing.",
  judgements: "Questions without judgements: the file that says what answers them is missing.",
  both: "A collection of documents alone: questions and judgements are missing.",
};

const WORDS: Record<ErrorCode, (facts: ErrorFacts) => ErrorWords> = {
  PDF_ENCRYPTED: (facts) =>
    words(
      facts["wrongPassword"] === true ? "That password does not open this PDF." : "This PDF is locked with a password.",
      OTHERS,
      "Enter its password to add it.",
    ),
  PDF_DAMAGED: () =>
    words(
      "This PDF is damaged and could not be read.",
      OTHERS,
      "Open it in a PDF viewer and save it again, or get a fresh copy.",
    ),
  PDF_NO_TEXT: noText,
  FILE_NOT_PDF: () =>
    words(
      "This file is of no kind that can be read here.",
      OTHERS,
      "Add a PDF, Word (.docx), Markdown, HTML or text file; print or export anything else as PDF.",
    ),
  FILE_EMPTY: () =>
    words("This file is empty.", OTHERS, "Check that the download or copy has finished, then add it again."),
  FILE_TOO_LARGE: tooLarge,
  FILE_DUPLICATE: (facts) =>
    words(
      `The same file is in the library already${textOf(facts, "existing") === null ? "" : ` as ${textOf(facts, "existing")}`}.`,
      "It was not stored twice.",
      "There is nothing to do.",
    ),
  FILE_UNREADABLE: () =>
    words("The browser could not read this file.", OTHERS, "It may have been moved or changed; choose it again."),
  MODEL_MISSING: (facts) =>
    words(
      `A file of the model is missing${textOf(facts, "file") === null ? "" : ` (${textOf(facts, "file")})`}.`,
      LIBRARY,
      "Go online once and reload the page, so that the model can be fetched again from this site.",
    ),
  MODEL_CORRUPT: (facts) =>
    words(
      `A file of the model is not the one that was published${textOf(facts, "file") === null ? "" : ` (${textOf(facts, "file")})`}, so it was not used.`,
      LIBRARY,
      "Reload the page. If it happens again, clear this site's cached files in the browser settings.",
    ),
  MODEL_MISMATCH: () =>
    words(
      "The model does not do what its description says, so it is not used.",
      LIBRARY,
      "Choose another model, or other settings for this one.",
    ),
  HUB_UNREACHABLE: (facts) =>
    words(
      `${textOf(facts, "hub") ?? "The model hub"} did not answer.`,
      LIBRARY,
      "Check the network and try again: a download goes on where it stopped. Models that are kept work without it.",
    ),
  HUB_NOT_FOUND: (facts) =>
    words(
      `The hub has no ${textOf(facts, "file") ?? "model"} under ${textOf(facts, "id") ?? "this name"}.`,
      LIBRARY,
      "Check the spelling (owner/name) and the revision. Models that ask for an account cannot be read from here.",
    ),
  HUB_DENIED: (facts) =>
    words(
      `${textOf(facts, "id") ?? "This model"} may only be read by people who accepted its terms on the hub.`,
      LIBRARY,
      "Download it there with your account, then add it here as a folder or zip.",
    ),
  DEVICE_LOST: () =>
    words("The graphics device stopped working.", LIBRARY, "Ask again; the work continues on the processor."),
  DEVICE_WRONG_NUMBERS: wrongNumbers,
  OUT_OF_MEMORY: () =>
    words("The tab ran out of memory.", LIBRARY, "Close other tabs, or use a smaller pool, then try again."),
  QUOTA_EXCEEDED: (facts) =>
    words(
      noRoom(facts),
      "What was stored before is safe.",
      "Remove documents or models, or free disk space, then try again.",
    ),
  STORE_BLOCKED: storeBlocked,
  STORE_BROKEN: () =>
    words(
      "The browser's storage for this site did not answer as it should.",
      "Nothing was half written.",
      "Reload the page. In a private window, storage may be switched off.",
    ),
  IMPORT_NOT_A_LIBRARY: () =>
    words("This file is not an exported library.", "Nothing was changed.", "Choose a file that ends in .secondlook."),
  IMPORT_DAMAGED: () =>
    words(
      "This library file is damaged.",
      "Nothing was imported.",
      "Export it again, or copy it again from where it came.",
    ),
  IMPORT_TOO_NEW: () =>
    words(
      "This library file was made by a newer version.",
      "Nothing was imported.",
      "Reload the page to get the newest version, then import again.",
    ),
  INDEX_FAILED: () => words("The vector index failed.", LIBRARY, "Set Vector index to Exact, then ask again."),
  WORKER_CRASHED: () =>
    words("A part of the app that works in the background stopped.", LIBRARY, "Try again: it starts anew."),
  QUERY_TOO_LONG: tooLong,
  LIBRARY_EMPTY: () => words("There is nothing to search yet.", "", "Add a PDF or try the sample library, then ask."),
  OCR_NO_LANGUAGE: noLanguage,
  OCR_BAD_LANGUAGE: (facts) =>
    words(
      `${textOf(facts, "name") ?? "This file"} is not language data that OCR can read.`,
      LIBRARY,
      "Choose a file named like eng.traineddata or eng.traineddata.gz, as Tesseract's “tessdata_fast” or “tessdata_best” has it.",
    ),
  OCR_UNAVAILABLE: () =>
    words(
      "The part that reads pictures of pages could not be loaded.",
      LIBRARY,
      "Go online once and try again, so that it can be fetched from this site.",
    ),
  SET_UNKNOWN_FORMAT: () =>
    words(
      "No question set was found in what you chose.",
      KEPT,
      "Choose a BEIR folder, TREC topics and qrels, a LlamaIndex dataset (JSON), or a CSV with the columns question and document.",
    ),
  SET_INCOMPLETE: (facts) =>
    words(
      MISSING[textOf(facts, "missing") ?? "both"] ?? MISSING["both"]!,
      KEPT,
      "Choose all files of the set together, or its folder.",
    ),
  SET_TOO_LARGE: setTooLarge,
  SET_BROKEN: (facts) => {
    const line = numberOf(facts, "line") ?? 0;
    const where = line === 0 ? "" : ` from line ${count(line)} on`;
    return words(
      `${textOf(facts, "file") ?? "The file"} cannot be read${where}.`,
      KEPT,
      "Mend that place, then choose it again.",
    );
  },
  SET_EMPTY: (facts) => {
    const skipped = numberOf(facts, "skipped") ?? 0;
    const why = skipped === 0 ? "" : ` ${plural(skipped, "line")} could not be used.`;
    return words(
      `${textOf(facts, "file") ?? "The set"} has no question that can be asked.${why}`,
      KEPT,
      "Check that its files belong together.",
    );
  },
  PROOF_NOT_ONE: () =>
    words("This file is not a proof bundle of this app.", KEPT, "Choose an HTML file that was exported from Evaluate."),
  PROOF_DAMAGED: () =>
    words(
      "This proof bundle was changed or is damaged: its checksum does not fit.",
      KEPT,
      "Get it again from where it came.",
    ),
  PROOF_TOO_NEW: () =>
    words(
      "This proof bundle was made by a newer version.",
      "It can still be read in the browser. Nothing was imported.",
      "Reload the page to get the newest version, then import again.",
    ),
  ...ENDPOINT_WORDS,
  CANCELLED: () => words("This was cancelled.", "Nothing of it was kept.", "Start it again when you like."),
  UNEXPECTED: () =>
    words(
      "Something went wrong that this app did not foresee.",
      LIBRARY,
      "Try again. The details below help whoever looks into it.",
    ),
};

/** The words for an error; which file it was about stands beside it, not in it. */
export function errorWords(error: ErrorData): ErrorWords {
  return WORDS[error.code](error.facts);
}

/** The same as one line. */
export function errorLine(error: ErrorData): string {
  const { title, safe, next } = errorWords(error);
  return [title, safe, next].filter((part) => part !== "").join(" ");
}

/** "thesis.pdf" where the error is about one file, else null. */
export function errorSubject(error: ErrorData): string | null {
  return textOf(error.facts, "name");
}
