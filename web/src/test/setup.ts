import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// What a test waits for comes by an event; on a busy machine that takes longer than the second that is usual.
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);
