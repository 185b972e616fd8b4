/** A browser engine that is not Chromium. */
export type EngineName = "firefox" | "webkit";

/**
 * One page in a browser, as a person uses it. Elements are found by XPath, of several the first; what is not there yet, or is covered, is
 * waited for by who asks.
 */
export interface EngineBrowser {
  /** What the browser calls itself. */
  readonly version: string;
  /** Goes to an address and waits until the page has loaded. */
  open(url: string): Promise<void>;
  /** The text of an element as a person sees it, undefined while there is none. */
  text(xpath: string): Promise<string | undefined>;
  /** Clicks an element; rejects where there is none, or another one covers it. */
  click(xpath: string): Promise<void>;
  /** Puts the focus into a field, replaces what it holds by a text, key by key, and then presses Enter if told. */
  type(xpath: string, text: string, options?: { readonly enter: boolean }): Promise<void>;
  /** A picture of what is in view, as PNG. */
  screenshot(): Promise<Buffer>;
  /** Ends the browser. */
  close(): Promise<void>;
}
