import { globSync } from "node:fs";
import { findProgram } from "@triptych/testkit/processes/find-program.ts";
import type { EngineBrowser, EngineName } from "./engine-browser.ts";
import { openFirefox } from "./open-firefox.ts";
import { openWebKit } from "./open-webkit.ts";

/** What starts an engine that is installed, or in a sentence what is missing. */
export type FoundEngine = { readonly open: () => Promise<EngineBrowser> } | { readonly missing: string };

/** Looks for an engine where Debian installs it. */
export function findEngine(name: EngineName): FoundEngine {
  return name === "firefox" ? findFirefox() : findWebKit();
}

function findFirefox(): FoundEngine {
  const path = findProgram("firefox-esr") ?? findProgram("firefox");
  return path === undefined ? { missing: "needs Firefox (Debian: firefox-esr)" } : { open: () => openFirefox(path) };
}

function findWebKit(): FoundEngine {
  const driver = findProgram("WebKitWebDriver");
  const xvfb = findProgram("Xvfb");
  // The newest of those for GTK 3 and 4.
  const browser = globSync("/usr/lib/*/webkit*gtk-*/MiniBrowser").sort().at(-1);
  if (driver === undefined || browser === undefined || xvfb === undefined) {
    return { missing: "needs WebKitGTK and a display (Debian: webkit2gtk-driver, xvfb)" };
  }
  return { open: () => openWebKit({ driver, browser, xvfb }) };
}
