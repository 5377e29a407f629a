/**
 * Makes the part of an expression that takes a host or a pasted address and gives scheme, host and port. No scheme
 * means https.
 *
 * @param object what the expression calls the credential: `$self` in a hidden field, `$credentials` in a test.
 */
export function origin(field: string, object: '$self' | '$credentials' = '$self'): string {
	const given = `(${object}["${field}"] || "").trim()`;
	return `(${given}.match(/^https?:\\/\\//i) ? "" : "https://") + ${given}.replace(/^((?:https?:\\/\\/)?[^\\/?#\\s]*).*$/i, "$1")`;
}
