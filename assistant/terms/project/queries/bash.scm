(function_definition name: (word) @function)
(program (variable_assignment name: (variable_name) @constant))
(declaration_command (variable_assignment name: (variable_name) @constant))
