import { ReasonedError } from '../../shared/protocol/reasons.ts';

/** There is no line to the server. `sent`: it may have been done all the same, as the line went before the answer. */
export class OfflineError extends ReasonedError {
  readonly sent: boolean;

  constructor(sent: boolean) {
    super('INTERNAL', sent ? 'the line went before the answer' : 'there is no line');
    this.name = 'OfflineError';
    this.sent = sent;
  }
}
