import type { Page } from "@playwright/test";

/** What went wrong in a page that nobody would have seen. */
export interface PageProblems {
  /** Errors that nothing caught, and errors and warnings in the console, such as those of a content security policy. */
  faults(): readonly string[];
  /** Takes what the test has brought about off the faults; there must be such. */
  forgive(fault: RegExp): void;
  /** Requests that failed or were refused, as the console tells them; no fault where a test wants them. */
  readonly failedRequests: readonly string[];
}

/** Collects what goes wrong in a page from now on. */
export function collectProblems(page: Page): PageProblems {
  let faults: readonly string[] = [];
  const failedRequests: string[] = [];
  page.on("pageerror", (error) => {
    faults = [...faults, `uncaught: ${error.message}`];
  });
  page.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const line = `${message.text()} (${message.location().url})`;
    if (line.startsWith("Failed to load resource")) failedRequests.push(line);
    else faults = [...faults, line];
  });
  return {
    faults: () => faults,
    forgive(fault) {
      const others = faults.filter((text) => !fault.test(text));
      if (others.length === faults.length) throw new Error(`no such fault: ${fault}; there are: ${faults.join("; ")}`);
      faults = others;
    },
    failedRequests,
  };
}
