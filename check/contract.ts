import type { Clean } from './clean';
import { contractText } from './vocabulary';

/** A failure as the contract describes it. */
export interface ContractError {
	readonly httpStatus: number | null;
	readonly code: Clean | null;
	readonly description: Clean | null;
	readonly when: Clean;
	readonly codeInDocs?: Clean;
	readonly statusInServer?: number;
	readonly extra?: { readonly argument?: Clean };
	readonly conflict?: Clean;
}

/** A field in words, or a table or list of its own. */
export type Prose = Clean | Readonly<Record<string, unknown>> | readonly unknown[];

/** What the contract says of a method's answer: the kind of the result, and of its fields in prose. */
export interface ContractMethod {
	readonly method: Clean;
	readonly scope: Clean;
	/** 'docs' = the source lets a webhook in as well (C02). */
	readonly applicationContextOnly: boolean | 'docs';
	readonly adminOnly: boolean;
	readonly permission: Clean;
	readonly result: { readonly type: Clean; readonly fields?: Readonly<Record<string, Prose>> };
	readonly errors: readonly ContractError[];
	readonly behaviour?: readonly Clean[];
	readonly examples: readonly { readonly response?: Readonly<Record<string, unknown>> }[];
}

interface Contract {
	readonly meta: { readonly compiled: Clean };
	readonly conflicts: readonly { readonly id: Clean; readonly topic: Clean }[];
	readonly commonErrors: readonly ContractError[];
	readonly limits: {
		readonly batchCommands: number;
		readonly pageSize: number;
		readonly intensity: { readonly leakPerSecond: number };
	};
	readonly oauth: {
		readonly token: {
			readonly url: Clean;
			readonly urlRu: Clean;
			readonly response: Readonly<Record<string, unknown>>;
			readonly lifetimes: { readonly code: number; readonly access_token: number; readonly refresh_token: number };
			readonly errors: readonly ContractError[];
		};
	};
	readonly transport: { readonly response: { readonly timeBlock: Readonly<Record<string, Clean>> } };
	readonly methods: readonly ContractMethod[];
}

/** The contract data of this project. Its texts are clean: they were written here. */
export const contract: Contract = JSON.parse(contractText);

/** @throws RangeError when the contract does not know the method */
export function methodOf(name: string): ContractMethod {
	return found(
		contract.methods.find(({ method }) => method === name),
		name,
	);
}

/** The failure of a method with this text. @throws RangeError when the contract has none */
export function errorOf(method: string, text: string): ContractError {
	return found(
		methodOf(method).errors.find(({ description, when }) => (description ?? when) === text),
		`${method} ${text}`,
	);
}

/**
 * The failure that any method may answer with, by its code and, where a code has several texts, the beginning of its
 * text.
 */
export function commonError(code: string, text = ''): ContractError {
	return found(
		contract.commonErrors.find((error) => error.code === code && (error.description ?? '').startsWith(text)),
		code,
	);
}

/** The failure of the token endpoint with this code. @throws RangeError when the contract has none */
export function tokenError(code: string): ContractError {
	return found(
		contract.oauth.token.errors.find((error) => error.code === code),
		code,
	);
}

function found<Value>(value: Value | undefined, name: string): Value {
	if (value === undefined) throw new RangeError(`The contract does not know ${name}`);
	return value;
}
