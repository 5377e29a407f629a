import type { IDataObject } from 'n8n-workflow';
import type { ItemReader } from './itemReader';
import { kindOf, locatorText, textOf, toFlag } from './values';

/** The fields of a collection: all of them optional. */
export class Fields {
	constructor(
		private readonly reader: ItemReader,
		private readonly values: IDataObject,
	) {}

	raw(name: string): unknown {
		return this.values[name];
	}

	text(name: string): string | undefined {
		return textOf(this.values[name]);
	}

	/** A number, fractions allowed. */
	number(name: string, label: string): number | undefined {
		const value = this.values[name];
		if (value === undefined || value === null || value === '') return undefined;
		const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
		return Number.isFinite(number) ? number : this.reader.refuse(`${label} must be a number`, `It is ${kindOf(value)} on this item.`);
	}

	/** A list of values; undefined when empty. */
	list(name: string): (string | number)[] | undefined {
		const values = [this.values[name] ?? []].flat() as (string | number)[];
		return values.length > 0 ? values : undefined;
	}

	/** The id of an employee chosen by id; an extension is refused here. */
	employeeId(name: string): number | undefined {
		const value = this.values[name];
		if (locatorText(value) === undefined) return undefined;
		const employee = this.reader.toEmployee(value);
		return 'id' in employee ? employee.id : this.reader.refuse('This filter needs the employee by ID or from the list', 'An extension does not work here.');
	}

	/** A choice from a list, or its code. */
	choice(name: string): string | undefined {
		return locatorText(this.values[name]);
	}

	integer(name: string, label: string, minimum = 0): number | undefined {
		const value = this.values[name];
		return value === undefined || value === null || value === '' ? undefined : this.reader.toInteger(value, label, minimum);
	}

	flag(name: string, fallback: boolean): boolean {
		const value = this.values[name];
		return value === undefined ? fallback : toFlag(value);
	}

	date(name: string, label: string): string | undefined {
		return this.reader.toDate(this.values[name], label);
	}
}
