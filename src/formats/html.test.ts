import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { outline, readFile } from "./testing.fixture.ts";

async function blocksOf(html: string): Promise<string[]> {
  return outline((await readFile("a.html", html)).pages);
}

describe("what is text", () => {
  test("H1 headings, paragraphs, lists, rows and captions are blocks of their kind", async () => {
    const html = `<h1>Guide</h1><p>One <b>bold</b>\n  word.<p>Two.
      <ul><li>first<li>second <ol start=3><li>inner</ol></ul>
      <table><caption>Sizes</caption><tr><th>Name<th>Bytes<tr><td>a<td><p>1</p><p>2</p><tr><td><td></table>
      <figure><img src=x alt="A red fox"><figcaption>Fig. 1</figcaption></figure><aside>By the way</aside>`;
    expect(await blocksOf(html)).toEqual([
      "heading1: Guide",
      "paragraph: One bold word.",
      "paragraph: Two.",
      "listItem: • first",
      "listItem: • second",
      "listItem: 3. inner",
      "caption: Sizes",
      "tableRow: Name | Bytes",
      "tableRow: a | 1 2",
      "paragraph: A red fox",
      "caption: Fig. 1",
      "aside: By the way",
    ]);
  });

  test("H2 scripts, styles, templates, hidden elements and fallbacks are not", async () => {
    const html = `<title>T</title><style>p{}</style><script>document.write("x")</script><p>seen</p>
      <noscript>no</noscript><template><p>no</p></template><div hidden>no<p>no</div><p style="display: none">no</p>
      <dialog>no</dialog><video>no</video><iframe src="http://example.com">no</iframe><!-- no --><textarea>kept</textarea>`;
    expect(await blocksOf(html)).toEqual(["paragraph: seen", "paragraph: kept"]);
  });

  test("H3 pre and br keep lines, entities are decoded, soft hyphens and ligatures folded", async () => {
    const html =
      "<pre>\nif (a &lt; b) {\n\treturn  1;\n}\n</pre><p>a&nbsp;b&shy;c<br>&#x4e2d; &copy; ef\uFB01cient</p>";
    expect(await blocksOf(html)).toEqual([
      "paragraph: if (a < b) {\n    return  1;\n}",
      "paragraph: a bc\n中 © efficient",
    ]);
  });

  test("H4 a reading above ruby letters does not part them", async () => {
    expect(await blocksOf("<p><ruby>漢<rp>(</rp><rt>かん</rt>字<rt>じ</rt></ruby>です</p>")).toEqual([
      "paragraph: 漢字です",
    ]);
  });

  test("H5 the title is the title, else the first heading", async () => {
    expect((await readFile("a.html", "<title> A &amp;\n B </title><h1>C</h1>x")).title).toBe("A & B");
    expect((await readFile("a.html", "<h1>C</h1>x")).title).toBe("C");
    expect((await readFile("a.html", "<p>x")).title).toBe(null);
    expect((await readFile("a.html", "<svg><title>S</title></svg>x")).title).toBe(null);
  });
});

describe("hostile", () => {
  test("H6 100,000 nested elements, open or closed, are read without a stack", async () => {
    const deep = "<div>".repeat(100_000);
    expect(await blocksOf(`${deep}core`)).toEqual(["paragraph: core"]);
    expect(await blocksOf(`a${deep}core${"</div>".repeat(100_000)}z`)).toEqual([
      "paragraph: a",
      "paragraph: core",
      "paragraph: z",
    ]);
    expect(await blocksOf(`${"<table><tr><td>".repeat(20_000)}core`)).toEqual(["tableRow: core"]);
    expect(await blocksOf(`${"<svg><b>".repeat(20_000)}core`)).toEqual(["paragraph: core"]);
  });

  test("H7 formatting that is never closed is not opened again in every paragraph", async () => {
    const open = Array.from({ length: 400 }, (_, i) => `<font size=${i}>`).join("");
    const blocks = await blocksOf(`<p>${open}${"<p>word".repeat(20_000)}`);
    expect(blocks).toHaveLength(20_000);
  });

  test("H8 a huge attribute, 100,000 attributes, broken tags", async () => {
    expect(await blocksOf(`<img alt="" src="data:${"x".repeat(5_000_000)}"><p>a</p>`)).toEqual(["paragraph: a"]);
    expect(await blocksOf(`<p ${Array.from({ length: 100_000 }, (_, i) => `a${i}=1`).join(" ")}>a</p>`)).toEqual([
      "paragraph: a",
    ]);
    expect(await blocksOf("<p>a < b <<i>c</b></p></table><td>d</td></h7><p")).toEqual([
      "paragraph: a < b <c",
      "paragraph: d",
    ]);
  });

  test("H9 nothing visible is PDF_NO_TEXT", async () => {
    for (const html of ["<p hidden>x</p>", "<script>x</script>", "<!-- x -->", "<p>&nbsp;&#8203;</p>"]) {
      // oxlint-disable-next-line no-await-in-loop -- four
      await expect(readFile("a.html", html)).rejects.toMatchObject({ code: "PDF_NO_TEXT" });
    }
  });

  test("H10 text that looks like HTML stays text", async () => {
    const { pages } = await readFile("a.html", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
    expect(pages[0]?.text).toBe("<script>alert(1)</script>");
  });
});

describe("property", () => {
  const tags = [
    "p",
    "div",
    "b",
    "span",
    "ul",
    "li",
    "h1",
    "h2",
    "h3",
    "table",
    "tr",
    "td",
    "pre",
    "blockquote",
    "a",
    "section",
  ];
  const hidden = ["template", "video"];
  /** Their content is characters up to their own end tag, whatever else stands in it. */
  const raw = ["script", "style", "noscript", "iframe"];

  test("H11 every visible word is in exactly one section, no hidden one in any", async () => {
    type Tree = { readonly tag: string; readonly children: readonly Tree[] };
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.record({
        tag: fc.constantFrom(...tags, ...hidden, ...raw),
        children: fc.oneof({ maxDepth: 5 }, fc.constant([]), fc.array(tie("tree"), { maxLength: 4 })),
      }),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { minLength: 1, maxLength: 8 }), async (trees) => {
        const seen: string[] = [];
        let next = 0;
        const write = ({ tag, children }: Tree, isHidden: boolean): string => {
          const off = isHidden || hidden.includes(tag) || raw.includes(tag);
          const own = `${off ? "hid" : "see"}${next}x`;
          next += 1;
          if (!off) seen.push(own);
          const inner = raw.includes(tag) ? "<p>" : children.map((child) => write(child, off)).join("");
          return `<${tag}> ${own} ${inner} </${tag}>`;
        };
        const html = trees.map((each) => write(each, false)).join("");
        if (seen.length === 0) return;
        const { pages } = await readFile("a.html", html);
        const words = pages.flatMap(({ text }) => text.match(/(?:see|hid)\d+x/g) ?? []);
        // Words directly inside tables are moved before them, as in browsers: the set is exact, the order not always.
        expect(words.toSorted()).toEqual(seen.toSorted());
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
