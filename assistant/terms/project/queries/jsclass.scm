(class_declaration name: (identifier) @class)
(field_definition property: (property_identifier) @field)
