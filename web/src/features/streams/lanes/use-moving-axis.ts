import type { Cancel } from "@triptych/rpc-web";
import { type RefObject, use, useEffect, useRef, useState } from "react";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";

/** A call on an axis. */
export interface AxisOptions {
  /** When the call was opened, in milliseconds since 1970; undefined while there is none. */
  readonly startedAt: number | undefined;
  /** When it was over, in milliseconds since it was opened; undefined while it goes on. */
  readonly endedAt: number | undefined;
  readonly pixelsPerSecond: number;
  /** How long the axis goes on after the end, in milliseconds. */
  readonly lingerMs: number;
  /** How far apart the figures on the axis stand, in milliseconds. */
  readonly labelEveryMs: number;
}

/** An axis that moves. */
export interface MovingAxis {
  /** To be set on an SVG element whose own origin the axis moves; it has one group, in which x counts from the opening of the call. */
  readonly anchor: RefObject<SVGSVGElement | null>;
  /** The number of the last figure that the axis has come to. */
  readonly lastLabel: number;
}

/** How far the present moment is from the right edge, in pixels. */
const MARGIN = 14;
/** How far the beginning of a page is from the left edge, in pixels: labels end where their messages stand. */
const PAGE_MARGIN = 96;
/** The width where it cannot be measured. */
const USUAL_WIDTH = 400;

/**
 * Moves the axis of a call so that the present moment stays at its right edge: once a frame while the call goes on and can be
 * seen, and not at all otherwise. For who prefers less motion it stands still, and turns a page when the call has come to
 * its right edge.
 */
export function useMovingAxis(options: AxisOptions): MovingAxis {
  const { startedAt, endedAt, pixelsPerSecond, lingerMs, labelEveryMs } = options;
  const { now, onFrame, schedule } = use(StreamEnvironmentContext);
  const anchor = useRef<SVGSVGElement>(null);
  const [lastLabel, setLastLabel] = useState(0);

  useEffect(() => {
    const svg = anchor.current;
    const group = svg?.firstElementChild;
    if (svg === null || group === null || group === undefined || startedAt === undefined) return;
    const isStill = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const end = endedAt === undefined ? Number.POSITIVE_INFINITY : endedAt + lingerMs;
    let cancelNext: Cancel = () => undefined;
    let isVisible = true;

    const place = (): void => {
      cancelNext();
      const elapsed = Math.min(now() - startedAt, end);
      setLastLabel(Math.floor(elapsed / labelEveryMs));
      const x = (elapsed / 1_000) * pixelsPerSecond;
      if (isStill) {
        const width = (svg.ownerSVGElement?.clientWidth || USUAL_WIDTH) - PAGE_MARGIN - MARGIN;
        move("0", PAGE_MARGIN - Math.floor(x / width) * width);
        const left = ((width - (x % width)) / pixelsPerSecond) * 1_000;
        if (elapsed < end && Number.isFinite(left)) cancelNext = schedule(Math.min(left, labelEveryMs), place);
      } else {
        move("100%", -x - MARGIN);
        if (elapsed < end && isVisible) cancelNext = onFrame(place);
      }
    };
    const move = (edge: string, x: number) => {
      svg.setAttribute("x", edge);
      group.setAttribute("transform", `translate(${x.toFixed(2)} 0)`);
    };
    const observer = new IntersectionObserver(([entry]) => {
      isVisible = entry?.isIntersecting ?? true;
      if (isVisible) place();
    });
    place();
    if (svg.ownerSVGElement !== null) observer.observe(svg.ownerSVGElement);
    return () => {
      cancelNext();
      observer.disconnect();
    };
  }, [startedAt, endedAt, pixelsPerSecond, lingerMs, labelEveryMs, now, onFrame, schedule]);

  return { anchor, lastLabel };
}
