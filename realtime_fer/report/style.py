"""The report's look: readable in light, in dark, and on paper."""

from __future__ import annotations

from realtime_fer.core.expressions import EXPRESSIONS

_COLOURS = "".join(f".e-{entry.key}{{--c:rgb{entry.colour_rgb}}}".replace(" ", "") for entry in EXPRESSIONS)

STYLE = (
    """
:root{--bg:#fff;--text:#1b1d21;--quiet:#5a606b;--line:#d6d9de;--soft:#f3f4f6;--seen:#e9ecf1;--accent:#1f5fbf;
--warn:#8a5a00;--warnbg:#fff6e0}
@media (prefers-color-scheme:dark){:root{--bg:#16181c;--text:#e8eaed;--quiet:#a3a9b4;--line:#3a3f48;--soft:#1f2228;
--seen:#262b33;--accent:#8ab4f8;--warn:#ffd27a;--warnbg:#33290f}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
"DejaVu Sans",sans-serif}
main,footer{max-width:1060px;margin:0 auto;padding:0 24px}
header p{margin:28px 0 0;color:var(--quiet)}
h1{margin:0 0 12px;font-size:1.9rem;line-height:1.2}
h2{margin:44px 0 8px;font-size:1.35rem;padding-bottom:4px;border-bottom:1px solid var(--line)}
h3{margin:28px 0 2px;font-size:1.1rem}
h4{margin:18px 0 6px;font-size:1rem}
small,.note,figcaption{color:var(--quiet);font-size:.875rem;overflow-wrap:anywhere}
h3 small{font-weight:400}
p{margin:6px 0 10px;max-width:75ch}
ul{margin:6px 0;padding-left:22px}
li{margin:3px 0;max-width:80ch}
aside{margin:16px 0;padding:10px 18px;border-radius:8px;background:var(--soft);font-size:.94rem}
aside h2{margin:4px 0;font-size:1rem;border:0;padding:0}
.remarks{background:var(--warnbg);border-left:5px solid var(--warn)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 20px;margin:10px 0}
dt{color:var(--quiet)}
dd{margin:0;overflow-wrap:anywhere}
.summary{display:flex;flex-wrap:wrap;gap:12px}
.summary div{flex:1 1 130px;padding:10px 16px;border:1px solid var(--line);border-radius:8px}
.summary dt{font-size:.875rem}
.summary dd{font-size:1.35rem;font-weight:600}
.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:8px 0;font-size:.94rem}
caption{text-align:left;white-space:nowrap;color:var(--quiet);padding:4px 0;font-size:.875rem}
th,td{text-align:left;padding:4px 14px 4px 0;border-bottom:1px solid var(--line);vertical-align:middle}
thead th{font-size:.82rem;color:var(--quiet);font-weight:600}
tbody th{font-weight:500;white-space:nowrap}
td{font-variant-numeric:tabular-nums;overflow-wrap:break-word}
.overview td,.overview th{white-space:nowrap}
.shares{width:100%}
.shares td{white-space:nowrap}
.shares td:last-child{width:38%;padding-right:0}
.track{display:block;height:12px;background:var(--seen);border-radius:3px;overflow:hidden}
.bar{display:block;height:100%;background:var(--c);box-shadow:inset 0 0 0 1px rgba(0,0,0,.28)}
.swatch{display:inline-block;width:.8em;height:.8em;margin-right:.45em;border-radius:2px;background:var(--c);
box-shadow:inset 0 0 0 1px rgba(0,0,0,.35);vertical-align:-.05em}
.e-uncertain{--c:repeating-linear-gradient(45deg,#8b9099 0 3px,#cfd3d9 3px 6px)}
.e-none{--c:#8b9099}
.person{break-inside:auto;padding-bottom:6px}
.timeline{display:block;width:100%;min-width:640px;height:auto;font-size:11.5px}
.timeline text{fill:var(--text)}
.timeline .name{text-anchor:end}
.timeline .time{text-anchor:middle;fill:var(--quiet)}
.timeline .number{text-anchor:middle;font-weight:700;fill:var(--accent)}
.timeline .seen{fill:var(--seen)}
.timeline .gap{fill:none;stroke:var(--warn);stroke-dasharray:3 3}
.timeline .pause{fill:none;stroke:var(--quiet);stroke-dasharray:1 4;stroke-width:2;stroke-linecap:round}
.timeline .unsearched{fill:none;stroke:var(--quiet)}
.timeline .rule,.timeline .tick{stroke:var(--line)}
.timeline .span{fill:var(--c);stroke:rgba(0,0,0,.45);stroke-width:.4}
.timeline .thin{stroke:none}
.timeline .span.e-uncertain{--c:#8b9099}
.timeline .marker{stroke:var(--accent);stroke-width:1.4}
.matrix td,.matrix th{text-align:center;padding:3px 8px}
.matrix tbody th{text-align:left}
.cell{display:block;min-width:2.4em;padding:2px 4px;border-radius:4px;
background:color-mix(in srgb,var(--accent) var(--strength,0%),transparent)}
.cell.none{color:var(--quiet);background:none}
.stills,.snapshots{display:flex;flex-wrap:wrap;gap:12px;margin:8px 0}
figure{margin:0;break-inside:avoid}
.stills img{display:block;width:120px;height:120px;object-fit:cover;border-radius:6px}
.snapshots img{display:block;width:320px;max-width:100%;border-radius:6px}
summary{cursor:pointer;padding:4px 0;color:var(--accent)}
summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
footer{margin:48px auto 32px;color:var(--quiet);font-size:.875rem}
@media print{:root{--bg:#fff;--text:#000;--quiet:#444;--line:#bbb;--soft:#f3f4f6;--seen:#e4e7ec;--accent:#174a96;
--warn:#8a5a00;--warnbg:#fff6e0}body{font-size:11pt}main,footer{max-width:none;padding:0}.timeline{min-width:0}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}h2,h3,h4,.person>p{break-after:avoid}.timeline{break-inside:avoid}.scroll{overflow:visible}
aside,table,.stills{break-inside:avoid}}
"""
    + _COLOURS
)
