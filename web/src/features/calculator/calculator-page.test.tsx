import { Code, ConnectError, createRouterTransport } from "@connectrpc/connect";
import { act, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { settled } from "@triptych/testkit/page/fake-environment.ts";
import { createPushStream, type PushStream } from "@triptych/testkit/page/push-stream.ts";
import { beforeEach, expect, it } from "vitest";
import { createFakeEnvironment, type FakeEnvironment } from "../../test/fake-environment.ts";
import { renderApp } from "../../test/render-app.tsx";
import { CalculatorPage } from "./calculator-page.tsx";

interface Step {
  readonly step: number;
  readonly expression: string;
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly exact: boolean;
  readonly result: string;
}

const values: Readonly<Record<string, { value: string; exact: boolean }>> = {
  "0.1+0.2": { value: "0.3", exact: true },
  "1+2": { value: "3", exact: true },
  "12": { value: "12", exact: true },
  "2^200": { value: "1606938044258990275541962092341162602522202993782792835301376", exact: true },
};

let environment: FakeEnvironment;
let steps: PushStream<Step>;
let stepSignals: AbortSignal[];
let asked: { expression: string; digits: number }[];

beforeEach(() => {
  localStorage.clear();
  environment = createFakeEnvironment();
  steps = createPushStream();
  stepSignals = [];
  asked = [];
});

function refusal(description: string) {
  return new ConnectError(description, Code.InvalidArgument, undefined, [
    { desc: BadRequestSchema, value: { fieldViolations: [{ field: "expression", description }] } },
  ]);
}

function evaluate({ expression, digits }: { expression: string; digits: number }) {
  asked.push({ expression, digits });
  const known = values[expression];
  if (known !== undefined) return known;
  if (expression.startsWith("sqrt")) return { value: "1.4142135".slice(0, digits + 1), exact: false };
  if (expression.startsWith("9^")) throw new ConnectError("the result is too large to hold", Code.OutOfRange);
  if (expression === "1/0") throw refusal('"/" at position 1 must not divide by zero');
  if (expression === "3)") throw refusal('expected an operator or the end at position 1: got ")"');
  throw refusal(`expected a number, "(" or a function at position ${expression.length}: got the end`);
}

function renderPage() {
  const transport = createRouterTransport(({ service }) => {
    service(CalculatorService, {
      evaluate,
      evaluateSteps(_request, { signal }) {
        stepSignals.push(signal);
        return steps;
      },
      add: ({ a, b }) => {
        if (a + b > 9223372036854775807n) throw new ConnectError("the sum does not fit int64", Code.OutOfRange);
        return { sum: a + b };
      },
      multiply: ({ a, b }) => ({ product: a * b }),
    });
  });
  return renderApp(<CalculatorPage />, { transport, environment });
}

const field = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Expression" });
const result = () => screen.getByRole("status", { name: "Result" });
const hint = () => screen.getByRole("status", { name: "Hint" });
const log = () => screen.getByRole("log", { name: "Steps" });

async function type(text: string) {
  await userEvent.type(field(), text);
  await evaluated();
}

/** Lets typing rest, and waits for the answer. */
async function evaluated() {
  await act(() => environment.advance(100));
  await waitFor(() => expect(document.querySelector("output[aria-busy=true]")).toBeNull());
}

function arrive(...messages: Step[]) {
  return act(async () => {
    steps.push(...messages);
    await settled();
    environment.paint();
  });
}

const sum: Step = { step: 1, expression: "1+2*3", start: 2, end: 5, value: "6", exact: true, result: "1+6" };

it("shows the value of an expression as it is typed, and that it is exact", async () => {
  renderPage();
  await type("0.1+0.2");
  expect(result().textContent).toBe("= 0.3");
  expect(screen.getByText("exact")).toBeTruthy();
});

it("asks once typing rests, and for what stands there then", async () => {
  renderPage();
  await type("1+2");
  expect(asked).toEqual([{ expression: "1+2", digits: 34 }]);
});

it("says that a value is rounded, and to how many digits", async () => {
  renderPage();
  const digits = screen.getByRole("spinbutton", { name: "Digits when rounded" });
  await userEvent.clear(digits);
  await userEvent.type(digits, "5");
  await type("sqrt(2)");
  expect(result().textContent).toBe("≈ 1.4142");
  expect(screen.getByText("rounded to 5 digits")).toBeTruthy();
});

it("marks a number of digits that cannot be, and goes on with the last that can", async () => {
  renderPage();
  const digits = screen.getByRole("spinbutton", { name: "Digits when rounded" });
  await userEvent.clear(digits);
  expect(digits.getAttribute("aria-invalid")).toBe("true");
  await type("1+2");
  expect(asked).toEqual([{ expression: "1+2", digits: 34 }]);
});

it("shows a long value so that all of it can be copied", async () => {
  const user = userEvent.setup();
  renderPage();
  await type("2^200");
  expect(result().textContent).toBe(`= ${values["2^200"]?.value}`);
  expect(screen.getByText("61 digits")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Copy result" }));
  expect(await screen.findAllByText("Copied")).toHaveLength(2);
  expect(await navigator.clipboard.readText()).toBe(values["2^200"]?.value);
});

it("says calmly what comes next in an unfinished expression, without the value of another", async () => {
  renderPage();
  await type("1+2");
  await type("*");
  expect(hint().textContent).toBe("Next comes a number, “(” or a function.");
  expect(field().getAttribute("aria-invalid")).toBe("false");
  expect(result().textContent).toBe("");
  expect(screen.queryByRole("alert")).toBeNull();
});

it("shows no value of the expression before below one that has none", async () => {
  renderPage();
  await type("2^200");
  await type("{Escape}1/0");
  expect(hint().textContent).toContain("must not divide by zero");
  expect(result().textContent).toBe("");
  expect(screen.queryByRole("button", { name: "Copy result" })).toBeNull();
});

it("keeps all of an expression that is too long, and says how long one may be", async () => {
  renderPage();
  const text = `${"1+".repeat(5_000)}123`;
  await userEvent.click(field());
  await userEvent.paste(text);
  await evaluated();
  expect(field().value).toBe(text);
  expect(hint().textContent).toBe("At most 10,000 characters are read: these are 10,003.");
  expect(result().textContent).toBe("");
  expect(asked).toEqual([]);
});

it("puts what is pasted into one line", async () => {
  renderPage();
  await userEvent.click(field());
  await userEvent.paste("1\r\n+2");
  expect(field().value).toBe("1 +2");
});

it("says what is wrong, and puts the caret there on Enter", async () => {
  renderPage();
  await type("3)");
  expect(hint().textContent).toBe("Expected an operator or the end, but here is “)”.");
  expect(field().getAttribute("aria-invalid")).toBe("true");
  await type("{Enter}");
  expect(field().selectionStart).toBe(1);
  expect(stepSignals).toEqual([]);
});

it("says in a sentence with the code that a result is out of range", async () => {
  renderPage();
  await type("9^9^9");
  expect(result().textContent).toContain("too large");
  expect(result().textContent).toContain("OUT_OF_RANGE");
});

it("says that the server cannot be reached, and tries again", async () => {
  let isUp = false;
  const transport = createRouterTransport(({ service }) => {
    service(CalculatorService, {
      evaluate() {
        if (!isUp) throw new ConnectError("no connection", Code.Unavailable);
        return { value: "3", exact: true };
      },
    });
  });
  renderApp(<CalculatorPage />, { transport, environment });
  await type("1+2");
  expect(screen.getByRole("alert").textContent).toContain("UNAVAILABLE");
  isUp = true;
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await within(result()).findByText("3")).toBeTruthy();
});

it("forgets the value when the expression is emptied with Escape", async () => {
  renderPage();
  await type("1+2");
  await type("{Escape}");
  expect(field().value).toBe("");
  expect(screen.queryByText("exact")).toBeNull();
});

it("shows each step while the stream is open, with the part that is reduced", async () => {
  renderPage();
  await type("1+2");
  await userEvent.click(screen.getByRole("button", { name: "Show steps" }));
  expect(screen.getByRole("status", { name: "Steps status" }).textContent).toBe("working");
  await arrive(sum);
  const line = within(log()).getByRole("listitem");
  expect(within(line).getByText("2*3").tagName).toBe("MARK");
  expect(line.textContent).toBe("1 1+2*3 = 6");
  await arrive({ ...sum, step: 2, expression: "1+6", start: 0, end: 3, value: "7", result: "7" });
  await act(async () => {
    steps.end();
    await settled();
  });
  expect(screen.getByRole("status", { name: "Steps status" }).textContent).toBe("done");
  expect(log().lastElementChild?.textContent).toBe("= 7");
});

it("cancels the steps when they are stopped", async () => {
  renderPage();
  await type("1+2");
  await userEvent.click(screen.getByRole("button", { name: "Show steps" }));
  await arrive(sum);
  await userEvent.click(screen.getByRole("button", { name: "Stop" }));
  await act(settled);
  expect(stepSignals[0]?.aborted).toBe(true);
  expect(screen.getByRole("status", { name: "Steps status" }).textContent).toBe("stopped");
});

it("cancels the steps when the page is left", async () => {
  const { unmount } = renderPage();
  await type("1+2{Enter}");
  await act(settled);
  unmount();
  expect(stepSignals[0]?.aborted).toBe(true);
});

it("shows the steps before the one that fails, and why it fails", async () => {
  renderPage();
  await type("1/0");
  await type("{Enter}");
  await arrive(sum);
  await act(async () => {
    steps.fail(refusal('"/" at position 1 must not divide by zero'));
    await settled();
  });
  expect(within(log()).getAllByRole("listitem")).toHaveLength(1);
  expect(screen.getByText("INVALID_ARGUMENT")).toBeTruthy();
  expect(screen.getByRole("status", { name: "Steps status" }).textContent).toBe("failed");
});

it("keeps a result on Enter, which survives a reload and can be used again", async () => {
  const { unmount } = renderPage();
  await type("1+2");
  await type("{Enter}");
  unmount();
  renderPage();
  await userEvent.click(screen.getByRole("button", { name: "1+2 = 3" }));
  await evaluated();
  expect(field().value).toBe("1+2");
  expect(result().textContent).toBe("= 3");
});

it("keeps a result on Enter before it is known", async () => {
  renderPage();
  await userEvent.type(field(), "1+2{Enter}");
  await act(settled);
  expect(screen.getByRole("button", { name: "1+2 = 3" })).toBeTruthy();
});

it("keeps nothing that has no value", async () => {
  renderPage();
  await type("9^9^9");
  await type("{Enter}");
  expect(screen.getByText("No results yet")).toBeTruthy();
});

it("deletes one result and moves focus to the next", async () => {
  renderPage();
  await type("1+2{Enter}");
  await type("{Escape}0.1+0.2{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Delete 0.1+0.2" }));
  expect(screen.queryByRole("button", { name: "0.1+0.2 = 0.3" })).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Delete 1+2" }));
});

it("clears the history, and brings it back", async () => {
  renderPage();
  await type("1+2{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Clear history" }));
  expect(screen.queryByRole("list", { name: "Results" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Bring back 1" }));
  expect(screen.getByRole("button", { name: "1+2 = 3" })).toBeTruthy();
});

it("offers examples while there is no history", async () => {
  renderPage();
  const examples = screen.getByRole("list", { name: "Examples to try" });
  await userEvent.click(within(examples).getByRole("button", { name: /^0\.1\+0\.2/ }));
  await evaluated();
  expect(field().value).toBe("0.1+0.2");
  expect(result().textContent).toBe("= 0.3");
});

it("is worked with the keypad", async () => {
  renderPage();
  const keypad = within(screen.getByRole("toolbar", { name: "Keypad" }));
  for (const name of ["1", "square root", "backspace", "plus", "3", "backspace", "2", "equals"]) {
    await userEvent.click(keypad.getByRole("button", { name }));
  }
  await evaluated();
  expect(field().value).toBe("1+2");
  expect(result().textContent).toBe("= 3");
  expect(screen.getByRole("button", { name: "1+2 = 3" })).toBeTruthy();
});

it("puts what a key stands for where the caret is", async () => {
  renderPage();
  await type("1+2");
  field().setSelectionRange(2, 3);
  await userEvent.click(screen.getByRole("button", { name: "square root" }));
  expect(field().value).toBe("1+sqrt(2)");
});

it("has one tab stop for the keypad and arrow keys within", async () => {
  renderPage();
  const keys = within(screen.getByRole("toolbar", { name: "Keypad" })).getAllByRole("button");
  expect(keys.filter((key) => key.tabIndex === 0)).toHaveLength(1);
  act(() => screen.getByRole("button", { name: "7" }).focus());
  await userEvent.keyboard("{ArrowRight}{ArrowDown}");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "5" }));
  await userEvent.keyboard("{Enter}");
  expect(field().value).toBe("5");
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "5" }));
});

it("adds and multiplies whole numbers, and says what does not fit", async () => {
  renderPage();
  await userEvent.click(await screen.findByText("Whole numbers (int64)"));
  await userEvent.click(screen.getByRole("button", { name: "Add" }));
  const whole = screen.getByRole("status", { name: "Whole result" });
  expect(await within(whole).findByText("OUT_OF_RANGE")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Multiply" }));
  expect(await within(whole).findByText("9,223,372,036,854,775,807")).toBeTruthy();
});

it("shows no sum of other whole numbers", async () => {
  renderPage();
  await userEvent.click(await screen.findByText("Whole numbers (int64)"));
  await userEvent.click(screen.getByRole("button", { name: "Multiply" }));
  const whole = screen.getByRole("status", { name: "Whole result" });
  expect(await within(whole).findByText("9,223,372,036,854,775,807")).toBeTruthy();
  const second = screen.getByRole("textbox", { name: "Second number" });
  await userEvent.type(second, "0");
  expect(whole.textContent).toBe("");
  await userEvent.type(second, "{Backspace}");
  expect(whole.textContent).toBe("9,223,372,036,854,775,807");
});
