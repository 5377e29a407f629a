import type { Application, Client, Employee, Line, PortalState } from './model';

/**
 * Finds an active employee who can make calls: dismissed ones, bots and extranet users do not count.
 * [S voximplant/lib/rest/helper.php: "User is not found or is not active"]
 */
export function activeEmployee(state: PortalState, id: number): Employee | undefined {
	const employee = state.employees.get(id);
	return employee?.active && employee.type === 'employee' ? employee : undefined;
}

/** Finds the active employee with an extension. [S vi_rest.php, UF_PHONE_INNER] */
export function employeeByExtension(state: PortalState, extension: string): Employee | undefined {
	if (extension === '') return undefined;
	for (const employee of state.employees.values()) {
		if (employee.extension === extension && employee.active && employee.type === 'employee') return employee;
	}
	return undefined;
}

/** Removes everything that cannot be dialled: only 0-9 # * + , ; stay. [S helper] */
export function stripNumber(phoneNumber: string): string {
	return phoneNumber.replace(/[^0-9#*+,;]/g, '');
}

/** Digits of a number without its extension part, for comparing. */
function comparable(phoneNumber: string): string {
	return (stripNumber(phoneNumber).split(/[,;]/)[0] ?? '').replace(/\D/g, '').replace(/^00/, '');
}

/** Finds the clients with a number: contacts, leads, companies, in this order. [D searchCrmEntities] */
export function clientsByNumber(state: PortalState, phoneNumber: string): Client[] {
	const wanted = comparable(phoneNumber);
	if (wanted === '') return [];
	const found = state.clients.filter((client) => client.phones.some((phone) => comparable(phone) === wanted));
	return (['CONTACT', 'LEAD', 'COMPANY'] as const).flatMap((type) => found.filter((client) => client.type === type));
}

/** Finds an application by its client_id. */
export function applicationByClientId(state: PortalState, clientId: string): Application | undefined {
	for (const application of state.applications.values()) if (application.clientId === clientId) return application;
	return undefined;
}

/** Finds a line of an application. */
export function lineByNumber(state: PortalState, applicationId: number | null, number: string): Line | undefined {
	return state.lines.find((line) => line.applicationId === applicationId && line.number === number);
}
