/**
 * A scorer that shares no line with the app: written from the definitions of trec_eval (order, num_rel, gains) in plain
 * loops. What the app exports is scored by it, and must come out as the app says.
 */

/** By question id, then by measure: recip_rank, map, ndcg, ndcg_cut_k, recall_k, success_k, P_k. */
export type TrecScores = Map<string, Map<string, number>>;

const CUTS = [1, 3, 5, 10, 20];

/**
 * @param relevantFrom trec_eval's -l
 * @returns every question of the qrels (as -c does: 0 where the run has nothing) and, under `all`, their means
 * @throws on a line that is no TREC line, and on a document that is twice in a ranking, as trec_eval does
 */
export function trecScore(runText: string, qrelsText: string, relevantFrom = 1, cuts: number[] = CUTS): TrecScores {
  const judged = new Map<string, Map<string, number>>();
  for (const [qid, , docno, grade] of fields(qrelsText, 4)) {
    if (!judged.has(qid!)) judged.set(qid!, new Map());
    judged.get(qid!)!.set(docno!, number(grade!));
  }
  const ranked = new Map<string, { docno: string; score: number }[]>();
  for (const [qid, , docno, , score] of fields(runText, 6)) {
    if (!ranked.has(qid!)) ranked.set(qid!, []);
    const rows = ranked.get(qid!)!;
    if (rows.some((row) => row.docno === docno)) throw new Error(`${docno} is twice in the ranking of ${qid}`);
    rows.push({ docno: docno!, score: number(score!) });
  }

  const scores: TrecScores = new Map();
  const sums = new Map<string, number>();
  for (const [qid, grades] of judged) {
    // The rank column is not read. Of equal scores the later id comes first (strcmp).
    const rows = ranked.get(qid) ?? [];
    rows.sort((a, b) => b.score - a.score || Buffer.compare(Buffer.from(b.docno), Buffer.from(a.docno)));
    const of = scoreOne(
      rows.map((row) => row.docno),
      grades,
      relevantFrom,
      cuts,
    );
    scores.set(qid, of);
    for (const [measure, value] of of) sums.set(measure, (sums.get(measure) ?? 0) + value);
  }
  const means = new Map<string, number>();
  for (const [measure, sum] of sums) means.set(measure, sum / judged.size);
  scores.set("all", means);
  return scores;
}

/** As trec_eval -q prints them: measure, question, four decimals. */
export function trecPrint(scores: TrecScores): string {
  let text = "";
  for (const [qid, of] of scores) {
    for (const [measure, value] of of) text += `${measure}\t${qid}\t${value.toFixed(4)}\n`;
  }
  return text;
}

function scoreOne(docnos: string[], grades: Map<string, number>, relevantFrom: number, cuts: number[]) {
  let relevant = 0;
  for (const grade of grades.values()) if (grade >= relevantFrom) relevant += 1;
  const ideal = [...grades.values()].filter((grade) => grade > 0).sort((a, b) => b - a);

  let reciprocal = 0;
  let precisions = 0;
  let hits = 0;
  /** hitsAt[r]: relevant documents among the first r. */
  const hitsAt = [0];
  for (let rank = 1; rank <= docnos.length; rank++) {
    const grade = grades.get(docnos[rank - 1]!);
    if (grade !== undefined && grade >= relevantFrom) {
      hits += 1;
      precisions += hits / rank;
      if (reciprocal === 0) reciprocal = 1 / rank;
    }
    hitsAt.push(hits);
  }

  const scores = new Map<string, number>();
  scores.set("recip_rank", reciprocal);
  scores.set("map", relevant > 0 ? precisions / relevant : 0);
  scores.set("ndcg", gainShare(docnos, grades, ideal, Math.max(docnos.length, ideal.length)));
  for (const cut of cuts) {
    const found = hitsAt[Math.min(cut, docnos.length)]!;
    scores.set(`P_${cut}`, found / cut);
    scores.set(`recall_${cut}`, relevant > 0 ? found / relevant : 0);
    scores.set(`success_${cut}`, found > 0 ? 1 : 0);
    scores.set(`ndcg_cut_${cut}`, gainShare(docnos, grades, ideal, cut));
  }
  return scores;
}

function gainShare(docnos: string[], grades: Map<string, number>, ideal: number[], cut: number): number {
  let gained = 0;
  let best = 0;
  for (let rank = 1; rank <= cut; rank++) {
    const docno = docnos[rank - 1];
    const grade = docno === undefined ? 0 : (grades.get(docno) ?? 0);
    if (grade > 0) gained += grade / Math.log2(rank + 1);
    if (rank <= ideal.length) best += ideal[rank - 1]! / Math.log2(rank + 1);
  }
  return best > 0 ? gained / best : 0;
}

function fields(text: string, count: number): string[][] {
  const rows: string[][] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const row = line.trim().split(/\s+/);
    if (row.length !== count) throw new Error(`${row.length} fields where TREC has ${count}: ${line}`);
    rows.push(row);
  }
  return rows;
}

function number(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(`not a number: ${text}`);
  return value;
}
