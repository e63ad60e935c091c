/** What a command found wrong with a scene: where, what, and what the author can do about it. */

/** A notice tells what is as it should be, but perhaps not what the author expects. */
export type Severity = 'error' | 'warning' | 'notice';

export interface Finding {
  severity: Severity;
  /** Stable, for scripts: `duplicate-id`, `unreachable`... */
  code: string;
  /** What the author knows the thing by: `node "seat-12"`, `venue.json`. */
  where: string;
  /** What is wrong, as a sentence without its subject's name. */
  message: string;
  /** What to do about it, as a sentence. */
  fix: string;
}

/** Collects findings; a command fails if one of them is an error. */
export class Findings {
  readonly list: Finding[] = [];

  error(finding: Omit<Finding, 'severity'>): void {
    this.list.push({ severity: 'error', ...finding });
  }

  warn(finding: Omit<Finding, 'severity'>): void {
    this.list.push({ severity: 'warning', ...finding });
  }

  notice(finding: Omit<Finding, 'severity'>): void {
    this.list.push({ severity: 'notice', ...finding });
  }

  count(severity: Severity): number {
    return this.list.filter((finding) => finding.severity === severity).length;
  }

  get ok(): boolean {
    return this.count('error') === 0;
  }
}

/** A command that cannot go on; the finding says why. */
export class SceneError extends Error {
  override readonly name = 'SceneError';
  readonly findings: readonly Finding[];
  constructor(findings: readonly Finding[], options?: ErrorOptions) {
    super(findings.map(sentence).join('\n'), options);
    this.findings = findings;
  }

  static of(finding: Omit<Finding, 'severity'>, cause?: unknown): SceneError {
    return new SceneError([{ severity: 'error', ...finding }], { cause });
  }
}

/** One line for people: `node "seat-12": its id "A1" is taken by node "seat-3". Give every seat an id of its own.` */
export function sentence(finding: Finding): string {
  return `${finding.where}: ${finding.message} ${finding.fix}`;
}
