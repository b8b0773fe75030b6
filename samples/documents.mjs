/** The sample library: one entry per PDF. `hyphens` lists the only words that may be broken at a line end. */
import { newsletterHyphens } from "./content/newsletter-hyphens.mjs";

export const documents = [
  {
    file: "pump-manual.pdf",
    title: "Larkfield PS-40 Pump Station: Installation, Operation and Maintenance Manual",
    source: "pump-manual.html",
    style: "manual",
    lang: "en-GB",
    language: "en",
  },
  {
    file: "travel-policy.pdf",
    title: "Tannery Lane Instruments: Travel, Expenses and Remote Work Policy",
    source: "travel-policy.html",
    style: "policy",
    lang: "en-GB",
    language: "en",
  },
  {
    file: "reranking-paper.pdf",
    title: "The Second Look: Re-ranking Small Private Collections",
    source: "reranking-paper.html",
    style: "paper",
    lang: "en-GB",
    language: "en",
  },
  {
    file: "garden-newsletter.pdf",
    title: "The Alder Street Gardener, Issue 31",
    source: "garden-newsletter.html",
    style: "newsletter",
    lang: "en-GB",
    language: "en",
    hyphens: newsletterHyphens,
  },
  {
    file: "hut-handbook.pdf",
    title: "Sorrel Pass Hut: Handbook for Guests and Wardens",
    source: "hut-handbook.html",
    style: "hut",
    lang: "en-GB",
    language: "en",
  },
  {
    file: "library-rules-zh.pdf",
    title: "青溪市图书馆读者服务与馆藏管理规定",
    source: "library-rules-zh.html",
    style: "rules-zh",
    lang: "zh-CN",
    language: "zh",
  },
];
