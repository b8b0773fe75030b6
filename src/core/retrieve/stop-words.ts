/** English words that say nothing about what a text is about. Only marking leaves them out; BM25 weighs them by itself. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    "a about after all also am an and any are as at be because been before being between both but by can could did do does doing done " +
    "down during each either etc few for from further had has have having he her here hers him his how i if in into is it its just " +
    "me more most much must my no nor not of off on once only or other our out over own per s same shall she should so some such t " +
    "than that the their them then there these they this those through to too under until up us very was we were what when where " +
    "which while who whom whose why will with would you your"
  ).split(" "),
);
