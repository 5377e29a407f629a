import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { FileSource } from '../../bitrix24/plan';
import { itemError } from '../common/failures';
import { Fields } from './itemFields';
import { kindOf, locatorText, textOf, toFlag } from './values';
import { toIso } from './dates';
import type { EmployeeChoice } from './fields/employee';

/** Reads and checks the parameters of one item. Everything it refuses becomes an error on that item. */
export class ItemReader {
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly itemIndex: number,
		private readonly claims: Map<string, number>,
	) {}

	/** A parameter as n8n hands it, expressions resolved. */
	raw(name: string, fallback?: unknown): unknown {
		return this.context.getNodeParameter(name, this.itemIndex, fallback);
	}

	/** The fields that the user added to a collection, for {@link Fields}. */
	collection(name: string): Fields {
		return new Fields(this, (this.raw(name, {}) ?? {}) as IDataObject);
	}

	/**
	 * A text that must be there. Numbers are taken as text: phone numbers and ids often come as such.
	 *
	 * @throws NodeOperationError naming the field when it is empty.
	 */
	text(name: string, label: string): string {
		return this.optionalText(name) ?? this.refuse(`${label} is empty`, `Fill in ${label}, or check its expression on this item.`);
	}

	/** A text, trimmed; undefined when empty. */
	optionalText(name: string): string | undefined {
		return textOf(this.raw(name, ''));
	}

	/**
	 * A CALL_ID. The portal refuses one that is no JSON string (INVALID_ARGUMENT), so it is not sent.
	 *
	 * @throws NodeOperationError when it is no text or empty.
	 */
	callId(): string {
		const value = this.raw('callId', '');
		if (typeof value !== 'string') {
			this.refuse('Call ID must be text', `It is ${kindOf(value)} on this item. Use CALL_ID of the trigger or of Register.`);
		}
		return this.text('callId', 'Call ID');
	}

	/**
	 * A whole number of at least `minimum`.
	 *
	 * @throws NodeOperationError when it is something else.
	 */
	integer(name: string, label: string, minimum = 0): number {
		return this.toInteger(this.raw(name), label, minimum);
	}

	/** Checks a value as {@link integer} does. */
	toInteger(value: unknown, label: string, minimum = 0): number {
		const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
		if (typeof number === 'number' && Number.isInteger(number) && number >= minimum) return number;
		return this.refuse(`${label} must be a whole number from ${minimum}`, `It is ${kindOf(value)} on this item.`);
	}

	/** A switch. The portal takes the texts "N" and "false" for true, so these are read as a person means them. */
	flag(name: string, fallback: boolean): boolean {
		return toFlag(this.raw(name, fallback));
	}

	/**
	 * The employee of a resource locator.
	 *
	 * @throws NodeOperationError when none is chosen.
	 */
	employee(name = 'employee'): EmployeeChoice {
		return this.toEmployee(this.raw(name));
	}

	/** Checks the value of a resource locator as {@link employee} does. */
	toEmployee(value: unknown): EmployeeChoice {
		const locator = (typeof value === 'object' && value !== null ? value : { mode: 'id', value }) as IDataObject;
		const chosen = textOf(locator.value) ?? this.refuse('No employee is given', 'Choose an employee, or check the expression on this item.');
		if (locator.mode === 'extension') return { extension: chosen };
		return { id: this.toInteger(chosen, 'Employee (by ID)', 1) };
	}

	/**
	 * A date as ISO 8601 with offset; undefined when empty. Without an offset it is read in the workflow's time zone.
	 *
	 * @throws NodeOperationError when it is no date.
	 */
	toDate(value: unknown, label: string): string | undefined {
		if (value === undefined || value === null || value === '') return undefined;
		return (
			toIso(value, this.context.getTimezone()) ??
			this.refuse(`${label} is no date`, 'Use the date picker, an ISO date such as 2026-03-01T10:00:00+01:00, or an expression such as {{ $now }}.')
		);
	}

	/**
	 * A choice from a list, or its code; undefined when nothing is chosen.
	 */
	choice(name: string): string | undefined {
		return locatorText(this.raw(name, ''));
	}

	/**
	 * A choice that must be there.
	 *
	 * @param what the thing to choose, in lower case.
	 * @throws NodeOperationError when nothing is chosen.
	 */
	chosen(name: string, what: string): string {
		return this.choice(name) ?? this.refuse(`No ${what} is given`, `Choose a ${what}, or check the expression on this item.`);
	}

	/**
	 * A file of this item. Nothing is read before it is sent; from n8n's file store it streams.
	 *
	 * @returns the file, with its length where n8n knows it without asking its store.
	 * @throws NodeOperationError when the item has no such binary field.
	 */
	binary(property: string): FileSource & { bytes?: number } {
		const { helpers } = this.context;
		const { id, data, bytes, fileName = '', mimeType } = helpers.assertBinaryData(this.itemIndex, property);
		return {
			name: fileName,
			contentType: mimeType.toLowerCase(),
			bytes: id ? bytes : Buffer.byteLength(data, 'base64'),
			open: async () => {
				if (id) return { size: (await helpers.getBinaryMetadata(id)).fileSize, content: await helpers.getBinaryStream(id) };
				const content = await helpers.getBinaryDataBuffer(this.itemIndex, property);
				return { size: content.length, content };
			},
		};
	}

	/**
	 * Origin of n8n's webhook addresses, as Bitrix24 sees it.
	 *
	 * n8n tells nodes only the address at which an execution resumes; it lies on the same origin.
	 */
	webhookOrigin(): string {
		return new URL(String(this.context.evaluateExpression('{{ $execution.resumeUrl }}', this.itemIndex))).origin;
	}

	/** The item as it came in. */
	get input(): IDataObject {
		return this.context.getInputData()[this.itemIndex]?.json ?? {};
	}

	/**
	 * Claims a key for this item.
	 *
	 * @returns the number of an earlier item of this run that has claimed it; undefined when this item is the first.
	 */
	claim(key: string): number | undefined {
		const owner = this.claims.get(key);
		if (owner === undefined) this.claims.set(key, this.itemIndex);
		return owner;
	}

	/** Fails this item. */
	refuse(message: string, description: string): never {
		throw itemError(this.context.getNode(), message, description, this.itemIndex);
	}
}
