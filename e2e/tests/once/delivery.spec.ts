import { expect, type Page } from "@playwright/test";
import { test } from "../../fixtures.ts";

/** What the app may cost before its first page is usable, in bytes of JavaScript, gzip. */
const scriptLimit = 190_000;
/** Smaller files go as they are, in bytes. */
const smallestCompressed = 1_024;

test("pages are revalidated, say what they may load and are framed by nobody", async ({ request }) => {
  for (const path of ["/", "/greeter?protocol=connect"]) {
    const response = await request.get(path);
    expect(response.status()).toBe(200);
    const headers = response.headers();
    expect(headers).toMatchObject({
      "content-type": expect.stringMatching(/^text\/html; ?charset=utf-8$/),
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "strict-origin-when-cross-origin",
      "cross-origin-opener-policy": "same-origin",
    });
    const policy = headers["content-security-policy"];
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    const again = await request.get(path, { headers: { "if-none-match": headers.etag ?? "" } });
    expect(again.status()).toBe(304);
  }
});

test("assets have their hash in their name, come compressed and are kept for good", async ({ page, request }) => {
  await page.goto("/");
  const assets = (await loadedUrls(page)).filter((url) => url.includes("/assets/"));
  expect(assets.length).toBeGreaterThan(3);
  for (const url of assets) {
    expect(url).toMatch(/-[\w-]{8}\.(?:js|css|woff2)$/);
    const response = await request.get(url, { headers: { "accept-encoding": "br" } });
    expect(response.headers()["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(response.headers()["x-content-type-options"]).toBe("nosniff");
    const goesAsItIs = url.endsWith(".woff2") || (await response.body()).length < smallestCompressed;
    expect(response.headers()["content-encoding"] ?? "none", url).toBe(goesAsItIs ? "none" : "br");
  }
  const missing = await request.get("/assets/gone-12345678.js");
  expect(missing.status()).toBe(404);
});

test("a policy violation would be noticed", async ({ page, problems }) => {
  await page.goto("/nowhere");
  const refused = page.waitForEvent("console", (message) => message.text().includes("Content Security Policy"));
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.text = "document.title = 'injected'";
    document.body.append(script);
  });
  await refused;
  await expect(page).not.toHaveTitle("injected");
  problems.forgive(/Content Security Policy/);
});

for (const { path, usable } of [
  { path: "/", usable: "main h1" },
  { path: "/calculator", usable: "main textarea" },
  { path: "/greeter", usable: "main input" },
  { path: "/books", usable: "main input[type=search]" },
]) {
  test(`${path} needs at most 190 kB of JavaScript before it is usable`, async ({ page, request }) => {
    await page.addInitScript(noteWhenThere, usable);
    await page.goto(path);
    await page.locator(usable).first().waitFor();
    const scripts = await page.evaluate(scriptsBeforeUsable);
    expect(scripts.length).toBeGreaterThan(1);
    const sizes = scripts.map(async (url) => {
      const response = await request.get(url, { headers: { "accept-encoding": "gzip" } });
      return Number(response.headers()["content-length"]);
    });
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThanOrEqual(scriptLimit);
  });
}

/** Runs in the page before anything else: notes when an element is there for the first time. */
function noteWhenThere(selector: string): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector(selector) === null) return;
    performance.mark("usable");
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, childList: true });
}

/** Runs in the page: the addresses of the scripts that had come when the element was there. */
function scriptsBeforeUsable(): string[] {
  const usableAt = performance.getEntriesByName("usable")[0]?.startTime ?? Number.NaN;
  return performance
    .getEntriesByType("resource")
    .filter((entry) => entry instanceof PerformanceResourceTiming && entry.responseEnd <= usableAt)
    .map(({ name }) => name)
    .filter((name) => name.endsWith(".js"));
}

async function loadedUrls(page: Page): Promise<string[]> {
  return page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
}
