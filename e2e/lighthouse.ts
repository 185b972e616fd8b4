// `npm run lighthouse`: what Lighthouse says of the pages, as figures to look at: a browser's path and a folder for the reports are given, then the pages.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withServer } from "./server.ts";

/** Fetched when it is wanted, and no dependency: it would be a third of all that `npm install` brings. */
const LIGHTHOUSE = "lighthouse@13.5.0";
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const FIGURES = ["first-contentful-paint", "largest-contentful-paint", "cumulative-layout-shift", "total-byte-weight"];
/** How long one page may take, and Lighthouse's download before the first one. */
const LIMIT_MS = 300_000;

/** The parts of a report that are shown. */
interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null }>>;
  readonly audits: Readonly<Record<string, { readonly displayValue?: string; readonly score: number | null }>>;
}

const [browser = "", folder = "", ...pages] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
await withServer(async ({ baseUrl }) => {
  const rows = pages.map((page) => {
    const report = measure(new URL(page, baseUrl).href, join(folder, `lighthouse${page.replaceAll("/", "-")}`));
    return [page, showReport(report)];
  });
  console.table(Object.fromEntries(rows));
  console.log(`A slow machine makes slow pages of them. All that was found: ${folder}`);
});

/** Measures a page in a browser of its own, as on a desktop; writes what was found beside what is returned. */
function measure(url: string, path: string): Report {
  const args = ["--yes", `--package=${LIGHTHOUSE}`, "lighthouse", url, "--quiet", "--no-enable-error-reporting"];
  args.push("--preset=desktop", "--output=json", "--output=html", `--output-path=${path}`);
  args.push("--chrome-flags=--headless --no-sandbox --disable-gpu");
  const env = { ...process.env, CHROME_PATH: browser };
  const { status, error } = spawnSync("npx", args, { env, stdio: ["ignore", "ignore", "inherit"], timeout: LIMIT_MS });
  if (status !== 0) throw new Error(`Lighthouse could not measure ${url}`, { cause: error });
  return JSON.parse(readFileSync(`${path}.report.json`, "utf8"));
}

function showReport({ categories, audits }: Report): Readonly<Record<string, string>> {
  const scores = CATEGORIES.map((name) => [name, String(Math.round((categories[name]?.score ?? 0) * 100))]);
  return Object.fromEntries([...scores, ...FIGURES.map((name) => [name, audits[name]?.displayValue ?? "-"])]);
}
