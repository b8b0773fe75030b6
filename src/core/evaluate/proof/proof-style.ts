/** The look of a bundle: black on white or the other way round, system fonts, nothing fetched, good on paper. */
export const PROOF_STYLE = `
:root{color-scheme:light dark;--text:light-dark(#1b1f27,#e6e8ee);--soft:light-dark(#565e6e,#a3abbb);--line:light-dark(#d5d9e1,#363c48);--back:light-dark(#fff,#14171d);--right:light-dark(#e3f0e4,#1d3323);--accent:light-dark(#1f5fbf,#7db0f7)}
*{box-sizing:border-box}
body{margin:0 auto;padding:24px 16px 64px;max-width:1120px;font:14px/1.45 system-ui,sans-serif;color:var(--text);background:var(--back);overflow-wrap:anywhere}
h1{font-size:28px;line-height:1.25;margin:0 0 4px}h2{font-size:20px;margin:32px 0 8px}h3{font-size:12px;margin:0 0 4px;color:var(--soft);font-weight:600}
p{margin:0 0 8px}.soft{color:var(--soft)}code{font:12px/1.45 ui-monospace,monospace}
.scroll{overflow-x:auto;overflow-wrap:normal}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:4px 12px 4px 0;text-align:right;vertical-align:top;border-bottom:1px solid var(--line)}
th{font-weight:600}th:first-child,td:first-child,.words th,.words td{text-align:left}
.words th{white-space:nowrap}.numbers th,.numbers td{white-space:nowrap}.numbers td:first-child{white-space:normal;min-width:10em}
td small{display:block;color:var(--soft);font-size:12px}td small.worse{color:var(--text);font-weight:600}
details{border-top:1px solid var(--line);padding:12px 0;break-inside:avoid-page}summary{cursor:pointer;font-weight:600}
summary span{font-weight:400;color:var(--soft)}
.lists{display:grid;grid-template-columns:1fr 1fr;gap:24px;margin-top:8px}
ol{margin:0;padding:0;list-style:none}li{padding:8px;border-top:1px solid var(--line)}
li.right{background:var(--right)}li p{margin:4px 0 0;white-space:pre-line}
.place{display:flex;gap:8px;justify-content:space-between;font-size:12px;color:var(--soft)}.place b{color:var(--text)}
@media(max-width:600px){.lists{grid-template-columns:1fr}}
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:10pt}.lists{gap:12px}li{break-inside:avoid}}
`;
