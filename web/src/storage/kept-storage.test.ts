import { beforeEach, describe, expect, it } from "vitest";
import { guardStorage, keptForTab, keptForVisits } from "./kept-storage.ts";

const denied = new DOMException("Access is denied for this document.", "SecurityError");

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

describe("what is kept", () => {
  it("is in the browser's storages", () => {
    keptForVisits.setItem("a", "1");
    keptForTab.setItem("a", "2");
    expect([localStorage.getItem("a"), sessionStorage.getItem("a")]).toEqual(["1", "2"]);
    expect([keptForVisits.getItem("a"), keptForTab.getItem("a")]).toEqual(["1", "2"]);
    keptForVisits.removeItem("a");
    expect(keptForVisits.getItem("a")).toBeNull();
  });

  it("is nothing where naming the storage throws", () => {
    const blocked = guardStorage(() => {
      throw denied;
    });
    blocked.setItem("a", "1");
    blocked.removeItem("a");
    expect(blocked.getItem("a")).toBeNull();
  });

  it("is nothing where the storage itself throws", () => {
    const refuse = () => {
      throw denied;
    };
    const blocked = guardStorage(() => ({ ...localStorage, getItem: refuse, setItem: refuse, removeItem: refuse }));
    blocked.setItem("a", "1");
    blocked.removeItem("a");
    expect(blocked.getItem("a")).toBeNull();
  });
});
