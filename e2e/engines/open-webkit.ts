import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { freePort } from "@triptych/testkit/processes/server-process.ts";
import { Builder, By, Capabilities, Key, type WebDriver } from "selenium-webdriver";
import type { EngineBrowser } from "./engine-browser.ts";
import { startDisplay } from "./start-display.ts";

/** Where to find what WebKitGTK is steered with. */
export interface WebKitPrograms {
  readonly driver: string;
  readonly browser: string;
  readonly xvfb: string;
}

/** Starts WebKitGTK's small browser and steers it by WebDriver, on a display of its own where there is none. */
export async function openWebKit(programs: WebKitPrograms): Promise<EngineBrowser> {
  const display = await startDisplay(programs.xvfb);
  const port = await freePort();
  const env = { ...process.env, DISPLAY: display.name, LIBGL_ALWAYS_SOFTWARE: "1" };
  const child = spawn(programs.driver, [`--port=${port}`, "--host=127.0.0.1"], { env, stdio: "ignore" });
  const exited = once(child, "exit");
  await listening(port);
  const driver = await startSession(port, programs.browser);
  const capabilities = await driver.getCapabilities();
  return {
    version: `${capabilities.getBrowserName()}/${capabilities.getBrowserVersion()}`,
    open: (url) => driver.get(url),
    async text(xpath) {
      const [element] = await driver.findElements(By.xpath(xpath));
      return element?.getText();
    },
    async click(xpath) {
      const element = driver.findElement(By.xpath(xpath));
      // Its own scrolling stops below the edge of the window, where it then finds nothing to click.
      await driver.executeScript("arguments[0].scrollIntoView({ block: 'center' })", element);
      await element.click();
    },
    async type(xpath, text, options) {
      const element = driver.findElement(By.xpath(xpath));
      await element.click();
      // Each by itself: of one sequence WebKit's driver takes the control key for held to its end.
      await element.sendKeys(Key.chord(Key.CONTROL, "a"));
      await element.sendKeys(Key.BACK_SPACE);
      await element.sendKeys(text);
      if (options?.enter === true) await element.sendKeys(Key.ENTER);
    },
    screenshot: async () => Buffer.from(await driver.takeScreenshot(), "base64"),
    async close() {
      await driver.quit();
      child.kill();
      await exited;
      await display.end();
    },
  };
}

function startSession(port: number, binary: string): Promise<WebDriver> {
  const options = { binary, args: ["--automation"] };
  const capabilities = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": options });
  return new Builder().usingServer(`http://127.0.0.1:${port}/`).withCapabilities(capabilities).build();
}

/** Resolves once something takes connections at a port of this machine. */
async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    try {
      await once(socket, "connect");
      return;
    } catch {
      // Not yet: the driver says nothing when it listens.
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      socket.destroy();
    }
  }
}
