// Runs something now and then while more of it is wanted, less and less often.

/** Milliseconds between two runs; it doubles up to the second figure. */
const runAfter = [300, 2400] as const;

/** Runs `work` at most once in a while that grows with every run; nothing is run once the signal is aborted. */
export function throttle(work: () => void, signal: AbortSignal): { soon(): void; cancel(): void } {
  let wait: number = runAfter[0];
  let timer: NodeJS.Timeout | undefined;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  signal.addEventListener('abort', cancel, { once: true });
  return {
    cancel,
    soon() {
      timer ??= setTimeout(() => {
        timer = undefined;
        wait = Math.min(wait * 2, runAfter[1]);
        work();
      }, wait);
      timer.unref();
    },
  };
}
