import type { ConnectError } from "@connectrpc/connect";
import { Call } from "./call.ts";
import type { CallSettings, GateWork } from "./settings.ts";

/** A call on its way in: past the request gate, the load of the server and the share of its caller. Nothing of its body is read before. */
export abstract class AdmittedCall extends Call {
  /** How many bytes of its request are counted as held. */
  protected countedBytes = 0;

  /** Reads the request: the call is let in. */
  protected abstract read(): void;
  /** Ends the call before anything of it has run. */
  protected abstract rejectRequest(error: unknown): void;
  /** What has come of the request is held no longer, and a read that waits for more fails. */
  protected abstract dropRequest(why: unknown): void;

  /** Begins to read the request, once the gate has let it pass and its caller has a share left for it. */
  start(): void {
    const { requestGate } = this.settings;
    if (requestGate === undefined) this.enter();
    else this.pass(requestGate);
  }

  private pass(gate: NonNullable<CallSettings["requestGate"]>): void {
    let work: GateWork | undefined;
    try {
      work = gate(this.context, this);
    } catch (error) {
      this.rejectRequest(error);
      return;
    }
    if (work === undefined) this.enterUnlessAborted();
    else this.waitAtGate(work);
  }

  /** Counts the call for its address, which is all that is known of its caller, until the gate is done: also when its client has left by then. */
  private waitAtGate(work: GateWork): void {
    const isUnknown = typeof work === "function";
    const refusal = this.settings.fairShare?.admitToGate(this, isUnknown);
    if (refusal === undefined) {
      // As long as the call is open, and as long as the gate is at work.
      this.countForCaller();
      this.countForCaller();
      if (this.share !== undefined) this.share.bytes += this.countedBytes;
      void this.untilPassed(work);
      return;
    }
    if (!isUnknown) work.catch(() => undefined);
    this.refuse(refusal);
  }

  private async untilPassed(work: GateWork): Promise<void> {
    const from = performance.now();
    const isUnknown = typeof work === "function";
    try {
      await (isUnknown ? work() : work);
      this.settings.observer?.waited?.(this, { what: "request gate", from, to: performance.now() });
    } catch (error) {
      this.leaveGate(isUnknown, error);
      this.rejectRequest(error);
      return;
    }
    this.leaveGate(isUnknown);
    this.enterUnlessAborted();
  }

  /** What is counted for the address of the call is so no longer: who calls is known by now, or the call ends. */
  private leaveGate(isUnknown: boolean, error?: unknown): void {
    const { share } = this;
    if (share === undefined) return;
    if (isUnknown) this.settings.fairShare?.lookedAt(this, share, error);
    share.bytes -= this.countedBytes;
    this.leaveShare();
  }

  private enterUnlessAborted(): void {
    if (this.aborted) this.rejectRequest(this.reason);
    else this.enter();
  }

  /** Ends the call for its caller's share or the load, at once or later; nothing of its body is held meanwhile. */
  private refuse(refusal: ConnectError): void {
    this.dropRequest(refusal);
    // What the call has ended with meanwhile comes first: its deadline, say.
    const answer = () => this.rejectRequest(this.aborted ? this.reason : refusal);
    if (this.settings.fairShare === undefined) answer();
    else this.settings.fairShare.refuseCall(this, answer);
  }

  private enter(): void {
    const { loadShedder, fairShare } = this.settings;
    // What is shed takes nothing from the share of its caller.
    const refusal = loadShedder?.admit(this) ?? fairShare?.admit(this);
    if (refusal !== undefined) {
      this.refuse(refusal);
      return;
    }
    if (this.share !== undefined) {
      this.countForCaller();
      this.share.bytes += this.countedBytes;
    }
    this.read();
  }
}
