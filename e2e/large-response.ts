import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createRpcServer } from "@triptych/rpc";
import { ExplorerPage } from "./pages/explorer-page.ts";

/** How many messages are streamed, and how many characters each has. */
export const MESSAGES = 4_989;
export const CHARACTERS = 10_000;
/** How many of them come before a person has looked at these. */
const FIRST = 2_500;

/** A server, other than that of the page, which streams a response as large as that. */
export interface LargeServer {
  readonly baseUrl: string;
  /** Lets the second part of the response go. */
  goOn(): void;
  close(): Promise<void>;
}

/** Serves `StreamGreetings` to the pages of an origin: the first part of each response at once, the second one when it is let go. */
export async function serveLarge(origin: string): Promise<LargeServer> {
  let waits = Promise.withResolvers<void>();
  const server = createRpcServer({
    reflection: true,
    cors: { allowedOrigins: [origin] },
    routes: ({ service }) =>
      service(GreeterService, {
        async *streamGreetings({ name }) {
          for (let number = 1; number <= MESSAGES; number++) {
            if (number === FIRST + 1) await waits.promise;
            yield { message: `${name} ${number}. `.padEnd(CHARACTERS, "lorem ipsum "), language: "la", number };
          }
        },
      }),
  });
  const { port } = await server.listen(0, "127.0.0.1");
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    goOn() {
      waits.resolve();
      waits = Promise.withResolvers();
    },
    close: () => server.close(),
  };
}

/** Something that a person does with the response; resolves once it is done, and rejects where it does not come about. */
export type Step = readonly [name: string, run: () => Promise<unknown>];

/** What is done with a large response in the Explorer, in order: while it streams, and then with all of it. */
export function largeResponseSteps(page: Page, server: LargeServer): readonly Step[] {
  const explorer = new ExplorerPage(page);
  const { log, find } = explorer;
  const come = (count: number) => page.getByText(`${count.toLocaleString("en")} received`).waitFor();
  const found = (count: number, of: number) =>
    page.getByText(`${count.toLocaleString("en")} of ${of.toLocaleString("en")} messages`, { exact: true }).waitFor();
  const shows = (number: number) => log.getByText(new RegExp(`^#${number} `)).waitFor();
  const all = MESSAGES + 1;
  return [
    ["the page opened", () => openLarge(page, explorer, server)],
    [
      "half of it streamed",
      () =>
        explorer
          .button("Send")
          .click()
          .then(() => come(FIRST)),
    ],
    ["scrolled to the beginning", () => scrollTo(log, 0).then(() => shows(1))],
    ["a message folded", () => log.getByRole("button", { name: "Fold" }).first().click()],
    ["searched while more is to come", () => find.fill("lorem").then(() => found(FIRST, FIRST + 1))],
    ["the rest streamed, and searched", () => Promise.all([server.goOn(), come(MESSAGES), found(MESSAGES, all)])],
    ["the search made longer", () => find.pressSequentially(" ada 4989.").then(() => found(0, all))],
    ["the search made another", () => find.fill("ADA 4989.").then(() => found(1, all))],
    ["the search cleared", () => find.fill("").then(() => log.getByRole("listitem").nth(2).waitFor())],
    ["scrolled through", () => scrollThrough(log)],
    ["scrolled to the end", () => scrollTo(log, Number.MAX_SAFE_INTEGER).then(() => shows(all))],
    ["a message shown whole", () => log.getByRole("button", { name: "Show all of it" }).last().click()],
    ["two messages compared", () => compareTwo(page, log)],
    ["all of it saved", () => save(page)],
  ];
}

async function openLarge(page: Page, explorer: ExplorerPage, { baseUrl }: LargeServer): Promise<void> {
  const method = "triptych.greeter.v1.GreeterService/StreamGreetings";
  await page.goto(`/explorer?${new URLSearchParams({ server: baseUrl, method })}`);
  await explorer.field("name").fill("Ada");
}

async function scrollTo(log: Locator, top: number): Promise<void> {
  await log.evaluate((element, wanted) => {
    element.scrollTop = wanted;
  }, top);
}

/** Scrolls through all of it, a hundredth a frame. */
async function scrollThrough(log: Locator): Promise<void> {
  await log.evaluate(async (element) => {
    for (let part = 0; part <= 100; part++) {
      element.scrollTop = (element.scrollHeight * part) / 100;
      await new Promise(requestAnimationFrame);
    }
  });
}

async function compareTwo(page: Page, log: Locator): Promise<void> {
  await log
    .getByRole("button", { name: /^Compare message/ })
    .nth(-1)
    .click();
  await log
    .getByRole("button", { name: /^Compare message/ })
    .nth(-2)
    .click();
  await page.getByRole("region", { name: "Comparison" }).locator("ins").first().waitFor();
}

/** Saves what was received. @throws Error where the file is not all of that. */
async function save(page: Page): Promise<void> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as file" }).click();
  const messages: { message: string }[] = JSON.parse(await readFile(await (await download).path(), "utf8"));
  const first = messages[0]?.message;
  if (messages.length !== MESSAGES || first?.length !== CHARACTERS || !first.startsWith("Ada 1. "))
    throw new Error(`the file has ${messages.length} messages, and begins with ${first?.slice(0, 20)}`);
}
