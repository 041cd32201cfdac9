// When objects that events named are looked at again: after which delays, and how many requests go out at once.

export interface TokenBucket {
  /** Milliseconds from `now` until there is a token; 0 when there is one. */
  wait(now: number): number;
  /** Takes the token that was waited for. */
  take(): void;
}

/** Gives a bucket that is full at the beginning. `pace`: milliseconds in which one token is earned; at most `burst` are kept. */
export function createTokenBucket(burst: number, pace: number, now: number): TokenBucket {
  let tokens = burst;
  let counted = now;
  return {
    wait(time) {
      tokens = Math.min(burst, tokens + (time - counted) / pace);
      counted = time;
      return Math.max(0, (1 - tokens) * pace);
    },
    take() {
      tokens -= 1;
    },
  };
}

export interface Looks {
  /** Plans looks at an object, each so many milliseconds after the one before, in place of those that were planned. */
  plan(key: string, delays: readonly number[]): void;
  cancel(key: string): void;
  cancelAll(): void;
}

/** Gives a plan of looks; `due` is told when it is time for one, at once where the delay is 0. */
export function createLooks(due: (key: string) => void): Looks {
  const timers = new Map<string, NodeJS.Timeout>();

  function cancel(key: string): void {
    clearTimeout(timers.get(key));
    timers.delete(key);
  }

  function plan(key: string, [delay, ...more]: readonly number[]): void {
    cancel(key);
    if (delay === undefined) {
      return;
    }
    const look = () => {
      due(key);
      plan(key, more);
    };
    if (delay === 0) {
      look();
    } else {
      timers.set(key, setTimeout(look, delay));
    }
  }

  return {
    plan,
    cancel,
    cancelAll() {
      for (const timer of timers.values()) {
        clearTimeout(timer);
      }
      timers.clear();
    },
  };
}
