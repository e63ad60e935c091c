/** The part of Khronos' gltf-validator that is used; the package ships no types. Its README documents the rest. */
declare module 'gltf-validator' {
  export interface ValidationMessage {
    code: string;
    message: string;
    /** 0 error, 1 warning, 2 information, 3 hint. */
    severity: 0 | 1 | 2 | 3;
    /** JSON pointer into the glTF, such as `/meshes/0/primitives/1`. */
    pointer?: string;
  }
  export interface ValidationReport {
    issues: { numErrors: number; numWarnings: number; messages: ValidationMessage[]; truncated: boolean };
  }
  export interface ValidationOptions {
    uri?: string;
    maxIssues?: number;
    ignoredIssues?: string[];
    severityOverrides?: Record<string, 0 | 1 | 2 | 3>;
  }
  /** Rejects with a text if the bytes are neither glTF nor GLB. */
  export function validateBytes(data: Uint8Array, options?: ValidationOptions): Promise<ValidationReport>;
}
