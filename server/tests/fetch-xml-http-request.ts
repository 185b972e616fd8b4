/**
 * As much of a browser's XMLHttpRequest as Google's gRPC-Web client uses, over `fetch`: it tells of every chunk of the response as it
 * arrives, which the imitations that can be installed do not.
 */
export class FetchXmlHttpRequest {
  readyState = 0;
  status = 0;
  statusText = "";
  responseText = "";
  withCredentials = false;
  onreadystatechange: (() => void) | null = null;
  #request: { readonly method: string; readonly url: string } | undefined;
  #response: Response | undefined;
  readonly #headers = new Headers();
  readonly #aborted = new AbortController();

  open(method: string, url: string): void {
    this.#request = { method, url };
    this.#enter(1);
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.append(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.#response?.headers.get(name) ?? null;
  }

  getAllResponseHeaders(): string {
    return [...(this.#response?.headers ?? [])].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  }

  send(body: string | null): void {
    // What fails, or is given up, is a request without a status, as in browsers.
    this.#exchange(body).catch(() => this.#finish(0));
  }

  abort(): void {
    this.#aborted.abort();
  }

  async #exchange(body: string | null): Promise<void> {
    if (this.#request === undefined) throw new Error("open must come first");
    const { method, url } = this.#request;
    this.#response = await fetch(url, { method, body, headers: this.#headers, signal: this.#aborted.signal });
    this.status = this.#response.status;
    this.statusText = this.#response.statusText;
    this.#enter(2);
    const decoder = new TextDecoder();
    for await (const chunk of this.#response.body ?? []) {
      this.responseText += decoder.decode(chunk, { stream: true });
      this.#enter(3);
    }
    this.#finish(this.status);
  }

  #finish(status: number): void {
    this.status = status;
    this.#enter(4);
  }

  #enter(state: number): void {
    this.readyState = state;
    this.onreadystatechange?.();
  }
}
