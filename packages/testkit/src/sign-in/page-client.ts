import { type PlainRequest, type PlainResponse, sendRequest } from "../clients/send-request.ts";

/** The cookies of one host. */
class CookieJar {
  readonly cookies = new Map<string, string>();

  take(headers: readonly string[] = []): void {
    for (const header of headers) {
      const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      const isOver = attributes.some((attribute) => /^max-age=0$|^expires=Thu, 01 Jan 1970/i.test(attribute));
      if (isOver || value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  get header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}

/**
 * What a browser does that signs in: keeps the cookies of a server and of its provider, and goes where it is sent. The server is at `baseUrl`, and the browser knows it by
 * the origin of its pages, as behind a proxy.
 */
export class PageClient {
  readonly origin: string;
  /** The cookies of the server, by their names. */
  readonly cookies: Map<string, string>;
  private readonly baseUrl: string;
  private readonly jar = new CookieJar();
  private readonly providerJar = new CookieJar();

  constructor(baseUrl: string, origin: string) {
    this.baseUrl = baseUrl;
    this.origin = origin;
    this.cookies = this.jar.cookies;
  }

  /** The cookies of the server, as a request has them. */
  get cookieHeader(): string {
    return this.jar.header;
  }

  /** Asks the server for a path, as a page of it does. */
  async request(path: string, { method = "GET", headers = {}, body = "" }: PlainRequest = {}): Promise<PlainResponse> {
    const own = {
      host: new URL(this.origin).host,
      ...(this.jar.header !== "" && { cookie: this.jar.header }),
      ...(method === "POST" && { origin: this.origin, "content-length": String(Buffer.byteLength(body)) }),
    };
    const response = await sendRequest(this.baseUrl, path, { method, headers: { ...own, ...headers }, body });
    this.jar.take(response.headers["set-cookie"]);
    return response;
  }

  /** Begins to sign in; resolves with the address of the provider that the browser is sent to. */
  async beginSignIn(path = "/auth/sign-in"): Promise<string> {
    return (await this.request(path)).headers.location ?? "";
  }

  /** Goes to the provider and says who it is; resolves with the path of the server that it is sent back to. */
  async passProvider(url: string, login: string): Promise<string> {
    for (let next = url; ; ) {
      const response = await this.askProvider(next);
      const location = response.headers.get("location");
      if (location === null) {
        const page = await response.text();
        const [, action = ""] = /action="([^"]*)"/.exec(page) ?? [];
        const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? "";
        if (action === "") throw new Error(`the provider has no form: ${page.slice(0, 2_000)}`);
        const fields = new URLSearchParams({ prompt, login, password: "any" });
        next = locationOf(await this.askProvider(new URL(action, next).href, fields), next);
      } else next = new URL(location, next).href;
      if (next.startsWith(`${this.origin}/`)) return next.slice(this.origin.length);
    }
  }

  /** Signs in; resolves with where it is sent then. */
  async signIn(login: string, returnTo = "/"): Promise<string | undefined> {
    const url = await this.beginSignIn(`/auth/sign-in?${new URLSearchParams({ return: returnTo })}`);
    return (await this.request(await this.passProvider(url, login))).headers.location;
  }

  private async askProvider(url: string, fields?: URLSearchParams): Promise<Response> {
    const response = await fetch(url, {
      redirect: "manual",
      headers: { cookie: this.providerJar.header },
      ...(fields && { method: "POST", body: fields }),
    });
    this.providerJar.take(response.headers.getSetCookie());
    return response;
  }
}

function locationOf(response: Response, from: string): string {
  const location = response.headers.get("location");
  if (location === null) throw new Error(`the provider has answered with HTTP ${response.status}`);
  return new URL(location, from).href;
}
