/** What rooms know of calls between two browsers: the ids by which both find each other at the signalling server. */

export interface DirectGrant {
  /** The peer's id at the signalling server; nobody can guess it. */
  readonly id: string;
  /** Shows that a connection comes from whom the id was given to. */
  readonly ticket: string;
}

export interface DirectPair {
  readonly first: DirectGrant;
  readonly second: DirectGrant;
  /** Ends both: their connections are closed, and the ids are refused from now on. */
  revoke(): void;
}

export interface DirectSignalling {
  /** Ids for two people who have agreed to talk directly. They reach each other with them, and nobody else. */
  pair(): DirectPair;
}
