import type { Client, Employee, PortalState } from '../../portal/state/model';

/** An employee as the page shows him. */
export interface EmployeeView {
	id: number;
	name: string;
	position: string;
	extension: string;
	admin: boolean;
	/** Text of the working day's state, for the dot beside the name. */
	timeman: Employee['timeman'];
}

/** A client as the page shows it. */
export interface ClientView {
	type: Client['type'];
	id: number;
	name: string;
	title: string;
	phones: string[];
	responsible: string;
}

/** Active employees, administrators first as the portal created them; bots and dismissed people never appear. */
export function employeeViews(state: PortalState): EmployeeView[] {
	const people = [...state.employees.values()].filter((employee) => employee.active && employee.type === 'employee');
	return people.map((employee) => ({
		id: employee.id,
		name: employeeName(state, employee.id),
		position: employee.position,
		extension: employee.extension,
		admin: employee.isAdmin,
		timeman: employee.timeman,
	}));
}

/** All clients in the order in which they were created. */
export function clientViews(state: PortalState): ClientView[] {
	return state.clients.map((client) => ({
		type: client.type,
		id: client.id,
		name: client.name || client.title,
		title: client.name ? client.title : '',
		phones: client.phones,
		responsible: employeeName(state, client.assignedById),
	}));
}

/** Full name of an employee, or his id when the portal does not know him. */
export function employeeName(state: PortalState, id: number): string {
	const employee = state.employees.get(id);
	return employee ? `${employee.firstName} ${employee.lastName}`.trim() : `Employee ${id}`;
}

/** A CRM client that a call is bound to, or null when it is bound to none or the client is gone. */
export function boundClient(
	state: PortalState,
	type: string | null,
	id: number | null,
): { type: string; id: number; name: string } | null {
	const client = state.clients.find((one) => one.type === type && one.id === id);
	return client ? { type: client.type, id: client.id, name: client.name || client.title } : null;
}
