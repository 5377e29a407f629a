/** The parts in use of n8n's scanner, which has no types of its own (0.32.0). */
declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	interface Analysis {
		passed: boolean;
		/** Why not. */
		message?: string;
		/** ESLint's findings, for people. */
		details?: string;
	}
	/** What counts of a repository. */
	export const SOURCE_FILE_PATTERNS: string[];
	/** @param folder absolute path */
	export function analyzePackage(folder: string, filePatterns: string[]): Promise<Analysis>;
}
