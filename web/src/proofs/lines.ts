import { Malformed } from './bytes';
import { Unsupported } from './keys';

export type Outcome = 'passed' | 'failed' | 'unchecked';

/** One thing that was looked at: what it shows when it passes, and what was found. */
export interface Line {
  outcome: Outcome;
  what: string;
  detail: string | null;
  /** What it was computed from, where that is worth showing. */
  evidence?: string[];
}

/** What does not agree; the message says with what. */
export class Mismatch extends Malformed {}

export class Lines {
  readonly all: Line[] = [];

  /** Does one check: what it returns is the detail; what it throws decides between wrong and not checked. */
  async check<T extends string | null>(what: string, act: () => Promise<T> | T, evidence?: () => string[]): Promise<boolean> {
    try {
      const detail = await act();
      this.all.push({ outcome: 'passed', what, detail, ...(evidence ? { evidence: evidence() } : {}) });
      return true;
    } catch (error) {
      if (error instanceof Unsupported) {
        this.skip(what, error.message);
      } else if (error instanceof Malformed) {
        this.all.push({ outcome: 'failed', what, detail: error.message });
      } else {
        throw error;
      }
      return false;
    }
  }

  skip(what: string, why: string): void {
    this.all.push({ outcome: 'unchecked', what, detail: why });
  }
}

/** Failed when one line failed; passed only when something was checked. */
export function verdict(lines: Line[]): Outcome {
  if (lines.some((line) => line.outcome === 'failed')) {
    return 'failed';
  }
  return lines.some((line) => line.outcome === 'passed') ? 'passed' : 'unchecked';
}
