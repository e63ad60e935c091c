import type { PackageFault } from '../../../shared/protocol/staff.ts';

/** A package is refused; the staff member is told `fault` in words, and `where`: the file of the package, or empty. */
export class PackageError extends Error {
  readonly fault: PackageFault;
  readonly where: string;

  constructor(fault: PackageFault, where = '', options?: ErrorOptions) {
    super(where === '' ? fault : `${fault}: ${where}`, options);
    this.name = 'PackageError';
    this.fault = fault;
    this.where = where;
  }
}
